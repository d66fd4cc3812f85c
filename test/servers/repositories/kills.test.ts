import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dropLms } from '../../sql/lms.js';
import { start } from './child.js';
import { makeCompany, openCompany } from './company.js';
import { connect } from './connect.js';
import { sharedServers } from './shared-servers.js';
import { checkSound, prior } from './sound.js';

/** A campaign runs 50 kills. */
const KILLS = Number(process.env.KILLS ?? 10);

for (const { name, missing, database } of sharedServers()) {
  describe.skipIf(missing !== '')(`a process killed in the middle of an edit on ${name} ${missing}`, () => {
    const { driver, end } = missing === '' ? connect(database) : { driver: undefined!, end: async () => undefined };
    beforeAll(() => makeCompany(driver, database.prefix, 600));
    afterAll(async () => {
      await dropLms(driver, database.prefix);
      await end();
    });

    test(
      `after each of ${KILLS} kills, another process settles the rest: nothing is lost or duplicated, and individual enrolments are unchanged`,
      async () => {
        const { repositories } = openCompany(driver, database.prefix);
        const before = await prior(driver, database.prefix);
        let [counted, all, settled] = [0, 0, 0];
        while (counted < KILLS) {
          expect(all++, 'how many kills came too early or too late').toBeLessThan(3 * KILLS + 3);
          const child = start({ database, do: 'edit', seed: all });
          settled += await child.received((message) => ('settled' in message ? message.settled : undefined));
          await checkSound(driver, database.prefix, before);
          let batches = 1 + (all % 7);
          const middle = child.received((message) => ('committed' in message && --batches === 0 ? true : undefined));
          child.process.send('go on');
          await middle;
          await child.kill();
          const { unsettled } = await repositories.catalog.load();
          if (unsettled.length > 0) counted++;
        }
        const last = start({ database, do: 'edit', seed: 0 });
        settled += await last.received((message) => ('settled' in message ? message.settled : undefined));
        await last.kill();
        await checkSound(driver, database.prefix, before);
        console.log(
          `${name}: ${all} kills, ${counted} left unsettled work; ${settled} learners were settled after them`,
        );
        expect(settled).toBeGreaterThan(0);
      },
      60_000 + 15_000 * KILLS,
    );
  });
}
