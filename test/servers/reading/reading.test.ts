import { afterAll, describe, it } from 'vitest';
import { describeBounds } from '../../sql/reading/bounds.js';
import { describeIdentity } from '../../sql/reading/identity.js';
import { describeRows } from '../../sql/reading/rows.js';
import { type Store, stores } from '../repositories/stores.js';

async function opened(store: Store) {
  const { driver, prefix, close } = await store.open();
  return { db: driver(), prefix, close };
}

for (const store of stores()) {
  const { name, missing } = store;
  if (missing !== undefined) {
    describe(name, () => {
      it.skip(missing, () => undefined);
    });
    continue;
  }
  describe(name, () => {
    afterAll(() => store.end());
    describe('rows that cannot be read', () => describeRows(() => opened(store)));
    describe('identity', () => describeIdentity(() => opened(store)));
    describe('bounds of results', () => describeBounds(() => opened(store)));
  });
}
