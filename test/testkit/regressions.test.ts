import { describe, expect, it } from 'vitest';
import { LawBroken, replay } from '../../src/testkit/index.js';
import { brokenAlone } from './broken/alone.js';
import { faulty } from './broken/alter.js';
import { brokenHolders } from './broken/holders.js';
import { brokenRead } from './broken/read.js';
import { brokenStill } from './broken/still.js';
import { brokenTraining } from './broken/training.js';
import { brokenFresh, brokenWhole } from './broken/transaction.js';
import { brokenWrite } from './broken/write.js';
import { histories } from './histories.js';
import { memoryWorld } from './memory-world.js';

const broken = [...brokenAlone, ...brokenHolders, ...brokenRead, ...brokenStill, ...brokenTraining].concat(
  ...[brokenFresh, brokenWhole, brokenWrite],
);

it('the folder of regressions contains histories', () => {
  expect(histories.length).toBeGreaterThan(8);
});

describe.each(histories)('the history that found %s', (found, history) => {
  it('the history breaks no law on the memory repositories', async () => {
    expect((await replay({ create: memoryWorld }, history)).steps).toBeGreaterThan(0);
  });

  const adapter = broken.find(({ id }) => id === found);
  if (!adapter) return;

  it('the history still finds the broken adapter', async () => {
    const again = replay({ create: () => faulty(adapter.fault()), timeout: 500 }, history);
    await expect(again).rejects.toBeInstanceOf(LawBroken);
  });
});
