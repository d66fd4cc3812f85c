import { afterAll, describe, it } from 'vitest';
import { describeAsStored } from '../../sql/reading/as-stored.js';
import { stores } from '../repositories/stores.js';

for (const store of stores()) {
  describe(store.name, () => {
    if (store.missing !== undefined) {
      it.skip(store.missing, () => undefined);
      return;
    }
    afterAll(() => store.end());
    describeAsStored(async () => {
      const { driver, prefix, close } = await store.open();
      return { db: driver(), prefix, close };
    });
  });
}
