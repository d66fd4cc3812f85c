import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dropLms } from '../../sql/lms.js';
import { start } from './child.js';
import { makeCompany } from './company.js';
import { connect } from './connect.js';
import { sharedServers } from './shared-servers.js';
import { checkSound, prior } from './sound.js';

/** A campaign runs for minutes. */
const SECONDS = Number(process.env.PROCESSES_SECONDS ?? 5);
const PROCESSES = 4;

for (const { name, missing, database } of sharedServers()) {
  describe.skipIf(missing !== '')(`many processes on ${name} ${missing}`, () => {
    const { driver, end } = missing === '' ? connect(database) : { driver: undefined!, end: async () => undefined };
    beforeAll(() => makeCompany(driver, database.prefix, 300));
    afterAll(async () => {
      await dropLms(driver, database.prefix);
      await end();
    });

    test(
      'many processes apply edits and send notices concurrently: a later reconcile is empty, and individual enrolments are unchanged',
      async () => {
        const before = await prior(driver, database.prefix);
        const tasks = Array.from({ length: PROCESSES }, (_, seed) => ({
          database,
          seed,
          milliseconds: 1_000 * SECONDS,
        }));
        const done = await Promise.all(
          tasks.map((task) =>
            start({ ...task, do: 'busy' }).received((message) => ('done' in message ? message.done : undefined)),
          ),
        );
        console.log(`${name}, ${PROCESSES} processes for ${SECONDS} s: ${JSON.stringify(done)}`);
        // How many operations a process completes depends on the machine; all processes together complete some.
        const all = (of: 'edits' | 'notices') => done.reduce((sum, one) => sum + one[of], 0);
        expect(Math.min(all('edits'), all('notices'))).toBeGreaterThan(0);
        await checkSound(driver, database.prefix, before);
      },
      60_000 + 3_000 * SECONDS,
    );
  });
}
