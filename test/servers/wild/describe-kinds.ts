import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate, type SqlDriver } from '../../../src/sql/index.js';
import { type Amount, checkKind } from './check-kind.js';
import type { WrongAnswer } from './check-rules.js';
import type { ColumnKind } from './column-kind.js';
import { Counts } from './counts.js';
import { expectNoFaults } from './expect-no-faults.js';
import { makePeopleTable } from './people-table.js';
import { APPLIED, RUNS, RUNS_OVER_MANY, TIMEOUT } from './settings.js';
import { type OpenStore, type Session, UTC, type WildStore } from './wild-store.js';

/** Tests kinds of columns with random rules on one database, each kind in all of these sessions. */
export function describeKinds(
  store: WildStore,
  kinds: readonly ColumnKind[],
  sessions: readonly Session[] = [UTC],
): void {
  describe.skipIf(store.missing !== '')(`in the wild, ${store.name} ${store.missing}`, () => {
    const counts = new Counts();
    let open: OpenStore;
    let tables = 0;

    beforeAll(async () => {
      open = await store.open();
      const db = open.driver();
      await migrate(db);
      await db.query('CREATE TABLE courses (id VARCHAR(40) PRIMARY KEY, method VARCHAR(40) NOT NULL)');
      await db.query(`INSERT INTO courses VALUES ('c', 'by-assignment-only')`);
    });
    afterAll(() => open?.close());

    test.each(kinds.map((kind) => [kind.name, kind] as const))(
      'every learner who matches is found, and read as written, with the field in %s',
      async (_, kind) => {
        expectNoFaults(await checkIn(sessions, open, `people_${tables++}`, kind, counts));
      },
      TIMEOUT,
    );

    test('every pair ran at least 50 rules and the database at least 1,000, and native comparisons narrow', () => {
      console.log(counts.summary(store.name));
      if (process.env.WILD_DETAILS) console.log(counts.details());
      expect(counts.below(50)).toEqual([]);
      expect(counts.rules).toBeGreaterThanOrEqual(1_000);
      expect(counts.share('native')).toBeGreaterThanOrEqual(0.8);
    });
  });
}

/** Checks one kind in every session, over few values and, if the kind has them, over many. */
async function checkIn(
  sessions: readonly Session[],
  open: OpenStore,
  table: string,
  kind: ColumnKind,
  counts: Counts,
): Promise<WrongAnswer[]> {
  const db: SqlDriver = open.driver();
  const few = await makePeopleTable(db, table, kind, kind.samples);
  const more = kind.many && [...kind.samples, ...kind.many];
  const many = more && (await makePeopleTable(db, `${table}_many`, { ...kind, setup: [] }, more));
  const share = (amount: number): number => Math.ceil(amount / sessions.length);
  const wrong: WrongAnswer[] = [];
  for (const session of sessions) {
    const driver = open.driver(session);
    const story = `${table} ${session.name}`;
    const amount: Amount = { rules: share(RUNS), applied: share(APPLIED), story };
    const found = await checkKind(driver, few, counts, amount);
    const over: Amount = { rules: share(RUNS_OVER_MANY), applied: 0, story: `${story} many` };
    if (many) found.push(...(await checkKind(driver, many, counts, over)));
    wrong.push(...found.map((one) => ({ ...one, fault: `${session.name}: ${one.fault}` })));
  }
  return wrong;
}
