import { describe, it } from 'vitest';
import { describeContract, repositoriesContract, simulate } from '../../src/testkit/index.js';
import { checkAgainstModel } from '../../src/testkit/model-based/index.js';
import { ROW_METHODS } from './lms.js';
import { pgliteWorld, worldWithoutAssignments } from './pglite-world.js';

/** Postgres cannot store text with NUL or an unpaired surrogate; such text is rejected with an error that quotes it. */
const knownGaps = ['ids-raw'];

describeContract(
  'PGlite',
  repositoriesContract({ create: pgliteWorld, methods: ROW_METHODS, knownGaps, timeout: 30_000 }),
  {
    describe,
    it,
  },
);

const withoutTable = repositoriesContract({
  create: worldWithoutAssignments,
  methods: ROW_METHODS,
  knownGaps,
  timeout: 30_000,
});

describeContract(
  'PGlite without the table of assignments',
  withoutTable.filter(({ id }) => /^(?:holders|write)-/u.test(id)),
  { describe, it },
);

it('a simulation over PGlite without the table of assignments keeps all laws', async () => {
  await simulate({ create: worldWithoutAssignments, seed: 20_261_130, steps: 40 });
});

it('a simulation over PGlite keeps all laws', async () => {
  await simulate({ create: pgliteWorld, seed: 20_261_126, steps: 40 });
});

it('PGlite behaves as a naive model', async () => {
  await checkAgainstModel(pgliteWorld, { numRuns: 3 });
});
