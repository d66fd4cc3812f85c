import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate, type SqlDriver } from '../../../src/sql/index.js';
import { checkKind } from './check-kind.js';
import type { WrongAnswer } from './check-rules.js';
import type { ColumnKind } from './column-kind.js';
import { Counts } from './counts.js';
import { makePeopleTable } from './people-table.js';
import { APPLIED, RUNS, RUNS_OVER_MANY, TIMEOUT } from './settings.js';
import type { OpenStore, Session, WildStore } from './wild-store.js';

/** Crosses kinds of columns with random rules on one database; `sessions` are those in which the second list of kinds is read. */
export function describeKinds(
  store: WildStore,
  kinds: readonly ColumnKind[],
  bySession: readonly ColumnKind[] = [],
  sessions: readonly Session[] = [],
): void {
  describe.skipIf(store.missing !== '')(`in the wild, ${store.name} ${store.missing}`, () => {
    const counts = new Counts();
    let open: OpenStore;
    let db: SqlDriver;
    let tables = 0;

    beforeAll(async () => {
      open = await store.open();
      db = open.driver();
      await migrate(db);
      await db.query('CREATE TABLE courses (id VARCHAR(40) PRIMARY KEY, method VARCHAR(40) NOT NULL)');
      await db.query(`INSERT INTO courses VALUES ('c', 'by-assignment-only')`);
    });
    afterAll(() => open?.close());

    test.each(kinds.map((kind) => [kind.name, kind] as const))(
      '%s: every learner who matches is found, and read as written',
      async (_, kind) => {
        const table = `people_${tables++}`;
        const few = await makePeopleTable(db, table, kind, kind.samples);
        const wrong = await checkKind(db, few, counts, { rules: RUNS, applied: APPLIED, story: table });
        if (kind.many) {
          const many = await makePeopleTable(db, `${table}_many`, { ...kind, setup: [] }, [
            ...kind.samples,
            ...kind.many,
          ]);
          wrong.push(
            ...(await checkKind(db, many, counts, { rules: RUNS_OVER_MANY, applied: 0, story: `${table} many` })),
          );
        }
        expect(wrong.length === 0, told(wrong)).toBe(true);
      },
      TIMEOUT,
    );

    test.each(bySession.map((kind) => [kind.name, kind] as const))(
      '%s: every learner who matches is found in sessions of every style and time zone',
      async (_, kind) => {
        const table = `people_${tables++}`;
        const few = await makePeopleTable(db, table, kind, kind.samples);
        const many =
          kind.many &&
          (await makePeopleTable(db, `${table}_many`, { ...kind, setup: [] }, [...kind.samples, ...kind.many]));
        const wrong: WrongAnswer[] = [];
        for (const session of sessions) {
          const name = `${session.dateStyle} in ${session.timeZone}`;
          const named = { ...kind, name: `${kind.name}, ${name}` };
          const driver = open.driver(session);
          const story = `${table} ${name}`;
          const found = await checkKind(driver, { ...few, kind: named }, counts, {
            rules: RUNS,
            applied: APPLIED,
            story,
          });
          if (many) {
            const amount = { rules: RUNS_OVER_MANY, applied: 0, story: `${story} many` };
            found.push(...(await checkKind(driver, { ...many, kind: named }, counts, amount)));
          }
          wrong.push(...found.map(({ rule, fault }) => ({ rule: rule!, fault: `${name}: ${fault}` })));
        }
        expect(wrong.length === 0, told(wrong)).toBe(true);
      },
      TIMEOUT * Math.max(1, sessions.length),
    );

    test('every pair ran 50 rules, the database 1,000, and native comparisons narrow', () => {
      console.log(`${counts.summary(store.name)}\n${process.env.WILD_DETAILS ? counts.details() : ''}`);
      expect(counts.below(50)).toEqual([]);
      expect(counts.rules).toBeGreaterThanOrEqual(1_000);
      expect(counts.share('native')).toBeGreaterThanOrEqual(0.8);
    });
  });
}

/** The faults that are shortest to say, each kind of fault at most a few times. */
function told(wrong: readonly WrongAnswer[]): string {
  const lines = wrong.map(({ rule, fault }) => (rule ? `${fault}, for ${JSON.stringify(rule).slice(0, 300)}` : fault));
  const shortest = [...lines].sort((a, b) => a.length - b.length).slice(0, 12);
  return `${wrong.length} faults, such as\n  ${shortest.join('\n  ')}`;
}
