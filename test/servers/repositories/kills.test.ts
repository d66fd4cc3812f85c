import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dropLms } from '../../sql/lms.js';
import { start } from './child.js';
import { makeCompany, openCompany } from './company.js';
import { connect } from './connect.js';
import { places } from './places.js';
import { checkSound, prior } from './sound.js';

/** A campaign has 50. */
const KILLS = Number(process.env.KILLS ?? 10);

for (const { name, missing, place } of places()) {
  describe.skipIf(missing !== '')(`a process killed in the middle of an edit on ${name} ${missing}`, () => {
    const { driver, end } = missing === '' ? connect(place) : { driver: undefined!, end: async () => undefined };
    beforeAll(() => makeCompany(driver, place.prefix, 600));
    afterAll(async () => {
      await dropLms(driver, place.prefix);
      await end();
    });

    test(
      `another settles what it left, ${KILLS} times: nothing is lost, nothing doubled, individual enrolments are what they were`,
      async () => {
        const { repositories } = openCompany(driver, place.prefix);
        const before = await prior(driver, place.prefix);
        let [counted, all, settled] = [0, 0, 0];
        while (counted < KILLS) {
          expect(all++, 'how many kills came too early or too late').toBeLessThan(3 * KILLS + 3);
          const child = start({ place, do: 'edit', seed: all });
          settled += await child.heard((said) => ('settled' in said ? said.settled : undefined));
          await checkSound(driver, place.prefix, before);
          let batches = 1 + (all % 7);
          const middle = child.heard((said) => ('committed' in said && --batches === 0 ? true : undefined));
          child.process.send('go on');
          await middle;
          await child.kill();
          const { unsettled } = await repositories.catalog.load();
          if (unsettled.length > 0) counted++;
        }
        const last = start({ place, do: 'edit', seed: 0 });
        settled += await last.heard((said) => ('settled' in said ? said.settled : undefined));
        await last.kill();
        await checkSound(driver, place.prefix, before);
        console.log(
          `${name}: ${all} kills, ${counted} left unsettled work; ${settled} learners were settled after them`,
        );
        expect(settled).toBeGreaterThan(0);
      },
      60_000 + 15_000 * KILLS,
    );
  });
}
