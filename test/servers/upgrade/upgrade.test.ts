import { afterAll, describe } from 'vitest';
import { describeUpgrade } from '../../sql/describe-upgrade.js';
import { NEW } from '../../sql/this-library.js';
import { open } from './place.js';
import { stores } from './stores.js';

for (const { name, missing, place, remove } of stores()) {
  describe.skipIf(missing !== '')(`an upgrade on ${name} ${missing}`, () => {
    let end = async (): Promise<void> => {};
    afterAll(async () => {
      await end();
      remove();
    });
    const opened = async () => {
      const made = open(place, NEW);
      end = made.end;
      return made.driver;
    };
    describeUpgrade(name, opened, place.prefix);
  });
}
