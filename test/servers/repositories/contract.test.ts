import { afterAll, describe, it } from 'vitest';
import { describeContract, repositoriesContract } from '../../../src/testkit/index.js';
import { checkAgainstModel } from '../../../src/testkit/model-based/index.js';
import { ROW_METHODS } from '../../sql/lms.js';
import { makePeople, narrowsAsTheCore, SHAPES, tellsApartAsTheCore } from '../../sql/narrowing.js';
import { stores, worldIn } from './stores.js';

for (const store of stores()) {
  const { name, missing, knownGaps } = store;
  if (missing !== undefined) {
    describe(name, () => {
      it.skip(missing, () => undefined);
    });
    continue;
  }
  describe(name, () => {
    afterAll(() => store.end());
    describeContract(
      'keeps the contract',
      repositoriesContract({ create: () => worldIn(store), methods: ROW_METHODS, knownGaps, timeout: 60_000 }),
      {
        describe,
        it,
      },
    );

    it('does what a naive model does', async () => {
      await checkAgainstModel(() => worldIn(store), { numRuns: 10 });
    });

    it.each(SHAPES)('finds whom a rule asks for, and nobody else, where profiles are %s', async (shape) => {
      const { driver, prefix, close } = await store.open();
      const db = driver();
      await makePeople(db, prefix);
      await tellsApartAsTheCore(db, prefix, shape);
      await narrowsAsTheCore(db, prefix, shape);
      await close();
    });
  });
}
