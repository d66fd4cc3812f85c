import { expect, test } from 'vitest';
import { createSmartEnrolments, field, linkCourses } from '../../src/index.js';
import type { SqlDriver } from '../../src/sql/index.js';
import { queryJson, raw, sql } from '../../src/sql/statement/fragment.js';
import { asText } from '../../src/sql/statement/id-kind.js';
import { makeLms, openLms } from './lms.js';

/** Cases of ids that no learner has. `clients` opens that many drivers of one database; on SQLite they may be one. */
export function describeUnknownLearners(
  open: (clients: number) => Promise<{ drivers: readonly SqlDriver[]; prefix: string; close(): Promise<void> }>,
): void {
  /** The ids in the library's table of learners. */
  const rowsIn = async (db: SqlDriver, prefix: string): Promise<string[]> => {
    const id = asText(db.dialect, raw('learner_id'));
    const quoted = {
      postgres: sql`CAST(to_json(${id}) AS text)`,
      mysql: sql`JSON_QUOTE(${id})`,
      sqlite: sql`json_quote(${id})`,
    };
    return (
      await queryJson<string>(db, sql`SELECT ${quoted[db.dialect]} AS j FROM ${raw(`${prefix}se_learners`)}`)
    ).sort();
  };
  const learner = (id: string) => ({ id, profile: { site: 'York' } });

  test('a notice of unknown ids returns them, and leaves rows only for learners who exist or hold something', async () => {
    const { drivers, prefix, close } = await open(1);
    const [db] = drivers as [SqlDriver];
    await makeLms(db, prefix);
    const { repositories, host } = openLms(db, prefix);
    const library = createSmartEnrolments(repositories);
    await host.saveCourses([{ id: 'c', enrolmentMethod: 'by-assignment-only' }]);
    await host.saveLearners([learner('ada'), learner('bob'), { id: 'cyd', profile: {} }]);
    const rule = field('site').equals('York');
    await library.apply([{ type: 'saveSegment', segment: { id: 's', title: 'S', rule } }, ...linkCourses('s', ['c'])]);

    await host.deleteLearners(['bob']);
    const outcome = await library.learnersChanged(['ada', 'bob', 'cyd', 'ghost', 'wraith']);
    expect(outcome.unknown).toEqual(['ghost', 'wraith']);
    expect(outcome.summary.unenrolled).toBe(1);
    expect(await rowsIn(db, prefix)).toEqual(['ada', 'cyd']);
    await close();
  });

  test('learners who are created during a notice of their ids are enrolled, however often they are deleted in between', async () => {
    const { drivers, prefix, close } = await open(3);
    const [db] = drivers as [SqlDriver];
    await makeLms(db, prefix);
    const { repositories, host } = openLms(db, prefix);
    const ids = Array.from({ length: 8 }, (_, i) => `u${i}`);
    await host.saveCourses([{ id: 'c', enrolmentMethod: 'by-assignment-only' }]);
    const setUp = createSmartEnrolments(repositories);
    const rule = field('site').equals('York');
    await setUp.apply([{ type: 'saveSegment', segment: { id: 's', title: 'S', rule } }, ...linkCourses('s', ['c'])]);
    const clients = drivers.map((driver) => createSmartEnrolments(openLms(driver, prefix).repositories));
    for (let round = 0; round < 10; round++) {
      const shifted = [...ids.slice(round % 8), ...ids.slice(0, round % 8)];
      await Promise.all([
        host.saveLearners(ids.map(learner)).then(() => clients[0]!.learnersChanged(shifted)),
        ...clients.map((client) => client.learnersChanged(shifted.slice(0, 6))),
        ...clients.map((client) => client.learnersChanged(shifted.slice(3))),
      ]);
      expect((await host.assignments()).map(({ learnerId }) => learnerId)).toEqual(ids);
      await host.deleteLearners(ids);
      await Promise.all(clients.map((client) => client.learnersChanged(ids)));
      expect(await host.assignments()).toEqual([]);
      expect(await rowsIn(db, prefix)).toEqual([]);
    }
    await close();
  });
}
