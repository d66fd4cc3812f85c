import { describe, it } from 'vitest';
import { describeContract, repositoriesContract, simulate } from '../../src/testkit/index.js';
import { checkAgainstModel } from '../../src/testkit/model-based/index.js';
import { ROW_METHODS } from './lms.js';
import { pgliteWorld } from './pglite-world.js';

/** Postgres stores no text with NUL or half of a surrogate pair; it is refused by name. */
const knownGaps = ['ids-raw'];

describeContract(
  'PGlite',
  repositoriesContract({ create: pgliteWorld, methods: ROW_METHODS, knownGaps, timeout: 30_000 }),
  {
    describe,
    it,
  },
);

it('PGlite survives a simulation', async () => {
  await simulate({ create: pgliteWorld, seed: 20_261_126, steps: 40 });
});

it('PGlite does what a naive model does', async () => {
  await checkAgainstModel(pgliteWorld, { numRuns: 3 });
});
