import { expect, it, test } from 'vitest';
import { checkAgainstModel } from '../../src/testkit/model-based/index.js';
import { type Broken, faulty } from './broken/alter.js';
import { brokenHolders } from './broken/holders.js';
import { brokenSettled } from './broken/settled.js';
import { brokenWhole } from './broken/transaction.js';
import { brokenWrite } from './broken/write.js';
import { memoryWorld } from './memory-world.js';

it('the memory repositories behave like the naive model', async () => {
  await checkAgainstModel(memoryWorld, { numRuns: 200 });
});

const IDS = ['write-both', 'holders-no-links', 'settled-done', 'transaction-undoes-writes'];
const broken: readonly Broken[] = [...brokenWrite, ...brokenHolders, ...brokenSettled, ...brokenWhole];

test.each(broken.filter(({ id }) => IDS.includes(id)).map((one) => [one.does, one] as const))(
  'checkAgainstModel rejects an adapter that %s',
  async (_, { fault }) => {
    const checked = checkAgainstModel(() => faulty(fault()), { numRuns: 500 });
    await expect(checked).rejects.toThrow(/Property failed/);
  },
);
