import { describe, expect, it, test } from 'vitest';
import { type History, LawBroken, type Report, replay, simulate } from '../../src/testkit/index.js';
import { brokenAlone } from './broken/alone.js';
import { type Fault, faulty } from './broken/alter.js';
import { brokenHolders } from './broken/holders.js';
import { brokenPage } from './broken/pages.js';
import { brokenRead } from './broken/read.js';
import { brokenStill } from './broken/still.js';
import { brokenTraining } from './broken/training.js';
import { brokenFresh, brokenWhole } from './broken/transaction.js';
import { brokenWrite } from './broken/write.js';
import { memoryWorld } from './memory-world.js';

const NO_FAULTS = {
  ...{ throwBefore: 0, throwAfter: 0, death: 0, lockTimeout: 0, failingWrite: 0, failingWalk: 0 },
  ...{ rerun: 0, slowRead: 0, unreadableRow: 0, lostNotice: 0, doubledNotice: 0, reorderedNotice: 0 },
};

/** Tries three seeds: a rare fault does not occur from every seed in so few steps. */
async function failing(fault: () => Fault): Promise<LawBroken> {
  let error: unknown;
  for (const seed of [1, 2, 3]) {
    error = await simulate({ create: () => faulty(fault()), seed, steps: 3_000, timeout: 500 }).catch(
      (thrown: unknown) => thrown,
    );
    if (error instanceof LawBroken) return error;
  }
  throw error instanceof Error ? error : new Error('No law was broken.');
}

describe('a simulation over memory', () => {
  let report: Report;

  it('a simulation over memory breaks no law', async () => {
    report = await simulate({ create: memoryWorld, seed: 20_260_101, steps: 3_000 });
  });

  it('a simulation changes something in most steps, and has every kind of fault and overlapping transactions', () => {
    expect(report.steps).toBe(3_000);
    expect(report.changed).toBeGreaterThan(1_500);
    expect(report.overlapping).toBeGreaterThan(100);
    expect(report.quiet).toBeGreaterThan(50);
    for (const struck of Object.values(report.faults)) expect(struck).toBeGreaterThan(10);
  });

  it('the same seed repeats a simulation, and another seed does not', async () => {
    const [first, again, other] = await Promise.all(
      [1, 1, 2].map((seed) => simulate({ create: memoryWorld, seed, steps: 500 })),
    );
    expect(again).toEqual(first);
    expect(other).not.toEqual({ ...first, seed: other!.seed });
  });

  it('a simulation has no faults if all probabilities are 0', async () => {
    const { faults } = await simulate({ create: memoryWorld, seed: 3, steps: 500, faults: NO_FAULTS });
    expect(faults).toEqual(NO_FAULTS);
  });
});

/** Adapters that break a promise that the library relies on everywhere. */
const FOUND = new Set([
  ...[
    'still-commit-waits',
    'read-courses',
    'read-gone',
    'write-assigns',
    'write-both',
    'write-individual',
    'write-gone',
  ],
  ...['training-archive', 'training-keep', 'training-resume', 'training-afresh', 'transaction-undoes-writes'],
  ...['alone-on-a-learner', 'fresh-holdings', 'fresh-catalog', 'page-coming-and-going', 'holders-while-released'],
  ...['holders-vanished', 'alone-no-more'],
]);

const QUICK = new Set(['read-gone', 'write-individual', 'training-keep', 'alone-on-a-learner', 'fresh-catalog']);

describe('a broken adapter', () => {
  const all = [...brokenStill, ...brokenRead, ...brokenWrite, ...brokenTraining, ...brokenWhole, ...brokenAlone];
  const found = [...all, ...brokenFresh, ...brokenPage, ...brokenHolders].filter(({ id }) => FOUND.has(id));
  // By default one of each kind; with `KIT_ALL`, as in CI, all of them, which takes half a minute.
  const run = process.env.KIT_ALL ? found : found.filter(({ id }) => QUICK.has(id));

  test.each(run.map((one) => [one.does, one] as const))('the simulation rejects an adapter that %s', async (_, one) => {
    await failing(() => one.fault());
  });

  it('the error has the seed and a short history that reproduces it', async () => {
    const { fault } = found.find(({ id }) => id === 'write-both')!;
    const { message, history } = await failing(fault);
    expect(message).toContain(`Seed ${history.seed}: `);
    expect(history.steps.length).toBeLessThan(20);
    const stored: History = JSON.parse(JSON.stringify(history));
    await expect(replay({ create: () => faulty(fault()) }, stored)).rejects.toBeInstanceOf(LawBroken);
    await replay({ create: memoryWorld }, stored);
  });

  it('the simulation rejects an operation that does not end', async () => {
    let ghosts = 0;
    const { message } = await failing(() => ({
      repositories: () => ({ enrolments: { holders: async () => [`ghost ${ghosts++}`] } }),
    }));
    expect(message).toContain('One operation made 20000 calls and has not ended.');
  });
});
