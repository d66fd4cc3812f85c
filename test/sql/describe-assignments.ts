import { expect, test } from 'vitest';
import {
  createSmartEnrolments,
  field,
  linkCourses,
  type SmartEnrolments,
  saveSegment,
  unlink,
} from '../../src/index.js';
import { createSqlRepositories, migrate, type SqlDriver, sqlHost, verify } from '../../src/sql/index.js';
import { raw, sql } from '../../src/sql/statement/fragment.js';
import { asText } from '../../src/sql/statement/id-kind.js';
import { select } from '../../src/sql/statement/select.js';
import { makeLms, openLms } from './lms.js';
import { lmsTables } from './lms-tables.js';

/** Cases of the table of assignments, each in tables of its own. */
export function describeAssignments(
  open: () => Promise<{ db: SqlDriver; prefix: string; close(): Promise<void> }>,
): void {
  const AT = '2026-03-03T08:00:00.125Z';

  async function withLms(work: (world: Awaited<ReturnType<typeof worldOf>>) => Promise<void>): Promise<void> {
    const { db, prefix, close } = await open();
    try {
      await work(await worldOf(db, prefix));
    } finally {
      await close();
    }
  }

  async function worldOf(driver: SqlDriver, prefix: string) {
    await makeLms(driver, prefix);
    const { host } = openLms(driver, prefix);
    await host.saveCourses(['c', 'd'].map((id) => ({ id, enrolmentMethod: 'by-assignment-only' })));
    await host.saveLearners(['ada', 'bob', 'cyd'].map((id) => ({ id, profile: { site: 'York' } })));
    const se = `${prefix}se_`;
    const over = (assignmentsTable?: boolean): SmartEnrolments =>
      createSmartEnrolments(
        createSqlRepositories({
          driver,
          host: sqlHost(lmsTables(prefix)),
          prefix: se,
          ...(assignmentsTable !== undefined && { assignmentsTable }),
        }),
        { clock: () => new Date(AT) },
      );
    const text = (name: string) => asText(driver.dialect, raw(name));
    const rows = () =>
      select<[learner: string, link: string, since: string | null, operation: string | null]>(
        driver,
        ['a.learner_id', 'p.link_id', 'a.since', 'a.operation_id'].map(text),
        sql`FROM ${raw(`${se}assignments`)} AS a JOIN ${raw(`${se}pairs`)} AS p ON p.no = a.pair_no ORDER BY p.link_id, a.learner_id`,
      );
    const link = [saveSegment({ id: 's', title: 'S', rule: field('site').equals('York') }), ...linkCourses('s', ['c'])];
    return { driver, se, host, over, rows, link, differences: () => verify(driver, { prefix: se }) };
  }

  test('each assignment has a row with the time and the operation that wrote it, until it ends', () =>
    withLms(async ({ over, rows, link, host, differences }) => {
      const library = over();
      const { operation } = await library.apply(link);
      const found = await rows();
      expect(found.map(([learner, id, , by]) => [learner, id, by])).toEqual(
        ['ada', 'bob', 'cyd'].map((id) => [id, 's/c', operation]),
      );
      for (const [, , since] of found) expect(since).toMatch(/^2026-03-03.0\d:00:00\.125/u);
      await host.saveLearners([{ id: 'bob', profile: { site: 'Leeds' } }]);
      await library.learnersChanged(['bob']);
      expect((await rows()).map(([learner]) => learner)).toEqual(['ada', 'cyd']);
      await library.apply(unlink('s/c'));
      expect(await rows()).toEqual([]);
      expect(await differences()).toEqual([]);
    }));

  test('an assignment that a learner keeps has the same time and operation when others are added', () =>
    withLms(async ({ over, rows, link }) => {
      const { operation: first } = await over().apply(link);
      const { operation: second } = await over().apply(linkCourses('s', ['d']));
      await over().reconcile();
      expect(
        (await rows()).map(([learner, id, , by]) => `${learner} ${id} ${by === first ? 1 : by === second ? 2 : 0}`),
      ).toEqual(['s/c', 's/d'].flatMap((id, i) => ['ada', 'bob', 'cyd'].map((learner) => `${learner} ${id} ${i + 1}`)));
    }));

  test('verify names an assignment that is missing in the table or in the row of its learner', () =>
    withLms(async ({ driver, se, over, link }) => {
      await over().apply(link);
      const [ada, cyd] = ['ada', 'cyd'].map((id) => (driver.dialect === 'mysql' ? `_binary '${id}'` : `'${id}'`));
      await driver.query(`DELETE FROM ${se}assignments WHERE learner_id = ${ada}`);
      await driver.query(`UPDATE ${se}learners SET held = '' WHERE learner_id = ${cyd}`);
      const of = { tenant: '', courseId: 'c', linkId: 's/c', segmentId: 's' };
      const differences = [
        { ...of, learnerId: 'ada', missingIn: 'table' },
        { ...of, learnerId: 'cyd', missingIn: 'row' },
      ];
      expect(await verify(driver, { prefix: se })).toEqual(differences);
      expect(await verify(driver, { prefix: se, tenant: '', limit: 1 })).toEqual(differences.slice(0, 1));
      expect(await verify(driver, { prefix: se, tenant: 'other' })).toEqual([]);
    }));

  test('a process whose option is not that of the tables is rejected, also while it runs, and migrate changes the setting', () =>
    withLms(async ({ driver, se, over, rows, link, host, differences }) => {
      const [withTable, withoutTable] = [over(), over(false)];
      await withTable.apply(link);
      await expect(withoutTable.reconcile()).rejects.toThrow(/with assignmentsTable: false must not write/u);

      await migrate(driver, { prefix: se, assignmentsTable: false });
      await migrate(driver, { prefix: se });
      await expect(withTable.reconcile()).rejects.toThrow(
        /is not kept .* migrate\(driver, \{ assignmentsTable: true \}\)/u,
      );
      await host.saveLearners([{ id: 'bob', profile: { site: 'Leeds' } }]);
      expect((await withoutTable.learnersChanged(['bob'])).summary.unenrolled).toBe(1);
      expect((await differences()).map(({ learnerId, missingIn }) => [learnerId, missingIn])).toEqual([['bob', 'row']]);
      expect((await withoutTable.preview(unlink('s/c'))).summary.unenrolled).toBe(2);

      await migrate(driver, { prefix: se, assignmentsTable: true });
      await expect(withoutTable.learnersChanged(['ada'])).rejects.toThrow(/must not write/u);
      expect((await rows()).map(([learner, , since, operation]) => [learner, since, operation])).toEqual([
        ['ada', null, null],
        ['cyd', null, null],
      ]);
      expect(await differences()).toEqual([]);
      expect((await withTable.apply(unlink('s/c'))).summary.unenrolled).toBe(2);
    }));

  test('while the table is filled, holders are found in the rows of learners', () =>
    withLms(async ({ driver, se, over, rows, link, differences }) => {
      await over().apply(link);
      await driver.query(`DELETE FROM ${se}assignments`);
      await driver.query(`UPDATE ${se}schema SET description = REPLACE(description, '"on"', '"filling"')`);
      const plan = await over().preview(unlink('s/c'));
      expect(plan.summary.unenrolled).toBe(3);
      await migrate(driver, { prefix: se });
      expect((await rows()).length).toBe(3);
      expect(await differences()).toEqual([]);
      const [row] = await driver.query<{ description: string }>(`SELECT description FROM ${se}schema`);
      expect(String(row!.description)).toContain('"assignments":"on"');
    }));

  test('migrate fills the table for tables of step 3, whose processes may no longer write', () =>
    withLms(async ({ driver, se, over, rows, link, differences }) => {
      await over().apply(link);
      await driver.query(`DROP TABLE ${se}assignments`);
      const step3 = { version: 2, learnerIds: 'text', step: 3, oldestWriter: 3 };
      await driver.query(`UPDATE ${se}schema SET description = '${JSON.stringify(step3)}'`);
      await Promise.all([migrate(driver, { prefix: se }), migrate(driver, { prefix: se })]);
      expect((await rows()).map(([learner, id]) => [learner, id])).toEqual(
        ['ada', 'bob', 'cyd'].map((id) => [id, 's/c']),
      );
      expect(await differences()).toEqual([]);
      const [row] = await driver.query<{ description: string }>(`SELECT description FROM ${se}schema`);
      expect(JSON.parse(String(row!.description))).toEqual({ ...step3, step: 4, oldestWriter: 4, assignments: 'on' });
      expect((await over().apply(unlink('s/c'))).summary.unenrolled).toBe(3);
    }));
}
