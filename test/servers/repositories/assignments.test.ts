import { afterAll, describe, it } from 'vitest';
import { describeAssignments } from '../../sql/describe-assignments.js';
import { stores } from './stores.js';

for (const store of stores()) {
  describe(`the table of assignments on ${store.name}`, () => {
    if (store.missing !== undefined) {
      it.skip(store.missing, () => undefined);
      return;
    }
    afterAll(() => store.end());
    describeAssignments(async () => {
      const { driver, prefix, close } = await store.open();
      return { driver: driver(), prefix, close };
    });
  });
}
