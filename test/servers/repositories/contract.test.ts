import { describe, it } from 'vitest';
import { describeContract, repositoriesContract } from '../../../src/testkit/index.js';
import { checkAgainstModel } from '../../../src/testkit/model-based/index.js';
import { ROW_METHODS } from '../../sql/lms.js';
import { makePeople, narrowsAsTheCore, SHAPES, tellsApartAsTheCore } from '../../sql/narrowing.js';
import { clientStores } from './client-stores.js';
import { describeStores, stores, worldIn } from './stores.js';

/** Stores on clients of databases that other stores test fully: only the contract kit runs on them. */
const kitOnly = new Set(clientStores());

describeStores([...stores(), ...kitOnly], (store) => {
  describeContract(
    'the contract kit',
    repositoriesContract({
      create: () => worldIn(store),
      methods: ROW_METHODS,
      knownGaps: store.knownGaps,
      timeout: 60_000,
    }),
    {
      describe,
      it,
    },
  );
  if (kitOnly.has(store)) return;

  it('the repositories behave as a naive model', async () => {
    await checkAgainstModel(() => worldIn(store), { numRuns: 10 });
  });

  it.each(SHAPES)('a rule finds exactly the learners who match, with profiles in %s', async (shape) => {
    const { driver, prefix, close } = await store.open();
    const db = driver();
    await makePeople(db, prefix);
    await tellsApartAsTheCore(db, prefix, shape);
    await narrowsAsTheCore(db, prefix, shape);
    await close();
  });
});
