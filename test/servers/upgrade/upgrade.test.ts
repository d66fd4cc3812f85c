import { afterAll, describe } from 'vitest';
import { describeUpgrade } from '../../sql/describe-upgrade.js';
import { NEW } from '../../sql/this-library.js';
import { stores } from './stores.js';
import { open } from './test-database.js';

for (const { name, missing, database, remove } of stores()) {
  describe.skipIf(missing !== '')(`an upgrade on ${name} ${missing}`, () => {
    let end = async (): Promise<void> => {};
    afterAll(async () => {
      await end();
      remove();
    });
    const opened = async () => {
      const made = open(database, NEW);
      end = made.end;
      return made.driver;
    };
    describeUpgrade(name, opened, database.prefix);
  });
}
