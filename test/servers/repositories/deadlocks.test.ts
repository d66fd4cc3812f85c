import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { field, linkCourses, type SmartEnrolments, saveSegment } from '../../../src/index.js';
import { createSqlEnrolments, type SqlDriver, type SqlEnrolments, sqlHost } from '../../../src/sql/index.js';
import { dropLms, makeLms } from '../../sql/lms.js';
import { lmsTables } from '../../sql/lms-tables.js';
import { connect } from './connect.js';
import { sharedServers } from './shared-servers.js';

/** How many races of each pair run, in all lanes together. */
const RACES = Number(process.env.DEADLOCK_RACES ?? 20);
/** Each lane is a tenant with learners of its own, so that lanes race at the same time. */
const LANES = 10;
const LEARNERS = 24;
/** How long each statement takes longer, in milliseconds. */
const LATENCY = 5;

/** One side of a race: what a host does in one transaction. `side` is 0 or 1, and `round` the number of the race. */
type Side = (given: {
  readonly tx: SqlDriver;
  readonly enrolments: SqlEnrolments;
  readonly lane: number;
  readonly side: number;
  readonly round: number;
}) => Promise<unknown>;

const people = (lane: number): string[] => Array.from({ length: LEARNERS }, (_, i) => `l${lane}-${i}`);

/** Some learners in random order, and a new one that both sides of a race name. */
function named(lane: number, round: number): string[] {
  const some = people(lane).filter(() => Math.random() < 0.5);
  return [...some, `l${lane}-new-${round}`].sort(() => Math.random() - 0.5);
}

const edit =
  (course: string) =>
  (all: SmartEnrolments, round: number): Promise<unknown> => {
    const links = linkCourses('s', [course]);
    return all.apply(round % 2 === 0 ? links : [{ type: 'unlink', linkId: links[0]!.link.id }]);
  };

const SIDES: Readonly<Record<string, Side>> = {
  'an edit': ({ tx, enrolments, side, round }) => edit(`edited-${side}`)(enrolments.within(tx), round),
  'a notice': async ({ tx, enrolments, lane, side, round }) => {
    const moved = people(lane)[side]!;
    const site = round % 2 === 0 ? 'York' : `lane ${lane}`;
    await tx.query(`UPDATE dl_users SET profile = '{"site":"${site}"}' WHERE id = '${moved}'`);
    await enrolments.within(tx).learnersChanged([moved, ...named(lane, round)]);
  },
  'a notice in several batches': ({ tx, enrolments, lane, round }) =>
    enrolments.within(tx).learnersChanged([...named(lane, round), ...people(lane)]),
  'a reconcile': ({ tx, enrolments }) => enrolments.within(tx).reconcile(),
  'several calls with an edit': async ({ tx, enrolments, lane, side, round }) => {
    const inside = enrolments.within(tx, { edits: true });
    await inside.learnersChanged(named(lane, round));
    await edit(`edited-${side}`)(inside, round);
    await inside.explain(people(lane)[0]!, 'held');
  },
};

const PAIRS: readonly (readonly [string, string])[] = [
  ['an edit', 'an edit'],
  ['a notice', 'an edit'],
  ['a notice', 'a notice'],
  ['a notice in several batches', 'a reconcile'],
  ['several calls with an edit', 'a notice in several batches'],
  ['several calls with an edit', 'several calls with an edit'],
];

/** Delays each statement, as a network does. */
function delayed(driver: SqlDriver): SqlDriver {
  return {
    dialect: driver.dialect,
    inTransaction: driver.inTransaction,
    isReadCommitted: true,
    async query<Row>(text: string, parameters?: readonly (string | number | null)[]) {
      await sleep(LATENCY);
      return driver.query<Row>(text, parameters);
    },
    transaction: (work) => driver.transaction((tx) => work(delayed(tx))),
  };
}

for (const { name, missing, database } of sharedServers()) {
  describe.skipIf(missing !== '')(`deadlocks in transactions of the host on ${name} ${missing}`, () => {
    const pool = { max: 2 * LANES + 2, connectionLimit: 2 * LANES + 2 };
    const { driver, end } =
      missing === '' ? connect(database, pool) : { driver: undefined!, end: async () => undefined };
    let lanes: readonly SqlEnrolments[] = [];

    beforeAll(async () => {
      await dropLms(driver, 'dl_');
      await makeLms(driver, 'dl_');
      for (const id of ['held', 'edited-0', 'edited-1'])
        await driver.query(`INSERT INTO dl_courses (id, method) VALUES ('${id}', 'by-assignment-only')`);
      const host = sqlHost({ ...lmsTables('dl_'), fields: [{ id: 'site', type: 'text' }] });
      lanes = await Promise.all(
        Array.from({ length: LANES }, async (_, lane) => {
          const rows = people(lane).map((id) => `('${id}', 1, '{"site":"lane ${lane}"}')`);
          await driver.query(`INSERT INTO dl_users (id, active, profile) VALUES ${rows.join()}`);
          const options = { driver, host, prefix: 'dl_se_', tenant: `lane-${lane}`, batchSize: 15 };
          const enrolments = createSqlEnrolments(options);
          const segment = saveSegment({ id: 's', title: 'S', rule: field('site').equals(`lane ${lane}`) });
          await enrolments.apply([segment, ...linkCourses('s', ['held'])]);
          return enrolments;
        }),
      );
    });
    afterAll(async () => {
      await dropLms(driver, 'dl_');
      await end();
    });

    test.each(PAIRS)(
      '%s and %s at the same time never wait for each other',
      async (left, right) => {
        const rounds = Math.ceil(RACES / LANES / 2) * 2;
        const failures: string[] = [];
        let commits = 0;
        const run = async (side: Side, given: Omit<Parameters<Side>[0], 'tx'>): Promise<void> => {
          try {
            await driver.transaction((tx) => side({ ...given, tx: delayed(tx) }));
            commits++;
          } catch (error) {
            failures.push(String((error as Error).cause ?? error));
          }
        };
        await Promise.all(
          lanes.map(async (enrolments, lane) => {
            for (let round = 0; round < rounds; round++) {
              const given = { enrolments, lane, round };
              await Promise.all([run(SIDES[left]!, { ...given, side: 0 }), run(SIDES[right]!, { ...given, side: 1 })]);
            }
          }),
        );
        expect(failures).toEqual([]);
        expect(commits).toBe(2 * LANES * rounds);
      },
      60_000 + 1_000 * RACES,
    );
  });
}
