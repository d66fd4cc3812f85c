import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readable } from '../../../src/testkit/readable.js';
import { start } from './child.js';
import { Cluster, NO_CLUSTER } from './cluster.js';
import { makeCompany, openCompany } from './company.js';
import { connect } from './connect.js';
import { checkSound, prior } from './sound.js';

/** A campaign runs 50 kills. */
const KILLS = Number(process.env.SERVER_KILLS ?? 3);

// In CI nothing may be skipped.
if (process.env.CI) test('a PostgreSQL cluster can be created', () => expect(NO_CLUSTER).toBe(''));

describe.skipIf(NO_CLUSTER !== '')(`PostgreSQL killed in the middle of an edit ${NO_CLUSTER}`, () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await Cluster.create();
  });
  afterAll(() => cluster.end());

  test(
    `after each of ${KILLS} kills, the restarted server has what was committed, and settle finishes the edit`,
    async () => {
      const database = { dialect: 'postgres', prefix: 'k_', port: cluster.port } as const;
      const { driver, end } = connect(database);
      await makeCompany(driver, database.prefix, 400);
      const before = await prior(driver, database.prefix);
      const { library, repositories } = openCompany(driver, database.prefix);
      let [counted, all, settled] = [0, 0, 0];
      while (counted < KILLS) {
        expect(all++, 'how many kills came too early or too late').toBeLessThan(3 * KILLS + 3);
        const child = start({ database, do: 'edit', seed: all });
        await child.received((message) => ('settled' in message ? true : undefined));
        const committed = new Map<string, boolean>();
        let batches = 1 + (all % 5);
        const middle = child.received((message) => {
          if (!('committed' in message)) return undefined;
          for (const { learnerId, isAssigned } of message.committed) committed.set(learnerId, isAssigned);
          return --batches === 0 ? true : undefined;
        });
        const failed = child.received((message) =>
          'failed' in message ? message.failed : 'done' in message ? 'done' : undefined,
        );
        child.process.send('go on');
        await middle;
        await cluster.kill();
        expect(await failed).toMatch(/connection was lost|Connection terminated/u);
        await child.ended;
        cluster.start();
        if ((await repositories.catalog.load()).unsettled.length > 0) counted++;
        for (const { learnerId, assignments } of readable(await repositories.enrolments.read([...committed.keys()]))) {
          const holds = assignments.some(({ courseId }) => courseId === 'c1');
          expect(holds, `whether ${learnerId} holds the link`).toBe(committed.get(learnerId));
        }
        settled += (await library.settle()).summary.learners;
        await checkSound(driver, database.prefix, before);
      }
      console.log(
        `PostgreSQL: ${all} kills, ${counted} left unsettled work; ${settled} learners were settled after them`,
      );
      await end();
    },
    60_000 + 20_000 * KILLS,
  );
});
