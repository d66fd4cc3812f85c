import { afterAll, describe, it } from 'vitest';
import { describeAsStored } from '../../sql/reading/as-stored.js';
import { describeAsStoredPlaces } from '../../sql/reading/as-stored-places.js';
import { type Store, stores } from '../repositories/stores.js';

async function opened(store: Store) {
  const { driver, prefix, close } = await store.open();
  return { db: driver(), prefix, close };
}

for (const store of stores()) {
  describe(store.name, () => {
    if (store.missing !== undefined) {
      it.skip(store.missing, () => undefined);
      return;
    }
    afterAll(() => store.end());
    describe('values', () => describeAsStored(() => opened(store)));
    describe('places', () => describeAsStoredPlaces(() => opened(store)));
  });
}
