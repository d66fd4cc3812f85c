import { afterAll, describe, it } from 'vitest';
import { describeUnknownLearners } from '../../sql/unknown-learners.js';
import { stores } from './stores.js';

for (const store of stores()) {
  describe(store.name, () => {
    if (store.missing !== undefined) {
      it.skip(store.missing, () => undefined);
      return;
    }
    afterAll(() => store.end());
    describeUnknownLearners(async (clients) => {
      const { driver, prefix, close } = await store.open();
      return { drivers: Array.from({ length: clients }, driver), prefix, close };
    });
  });
}
