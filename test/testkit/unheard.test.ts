import { expect, test } from 'vitest';
import type { LearnerDiff } from '../../src/index.js';
import { checkStored } from '../../src/testkit/simulation/laws.js';
import { Ledger } from '../../src/testkit/simulation/ledger.js';
import { CONTEXT } from '../../src/testkit/store.js';
import { memoryWorld } from './memory-world.js';

const diff: LearnerDiff = {
  learnerId: 'a',
  assigned: [{ courseId: 'c', linkId: 'm', segmentId: 's' }],
  released: [],
  enrolled: [{ courseId: 'c', training: 'start' }],
  unenrolled: [],
  kept: [],
};

// InnoDB gives the locks to others, shows them what was committed, and waits for the disk before the client hears of it.
test('what is committed while its client has not heard of it breaks no law, and is judged once it has', async () => {
  const ledger = new Ledger('freeze');
  const { repositories, host } = await memoryWorld();
  const heard = ledger.unheard.ending(['a']);
  await repositories.transaction(['a'], ({ enrolments }) => enrolments.write([diff], CONTEXT));
  const seen: string[] = [];
  const checked = checkStored(ledger, { host }, 'a').then(() => seen.push('judged'));
  for (let tick = 0; tick < 100; tick++) await null;
  expect(seen).toEqual([]);
  ledger.write(diff);
  heard();
  await checked;
  expect(seen).toEqual(['judged']);
});

test('a learner is read again where a client heard of its commit meanwhile', async () => {
  const ledger = new Ledger('freeze');
  const { repositories, host } = await memoryWorld();
  const heard = ledger.unheard.ending(['a']);
  let reads = 0;
  const state: typeof host.state = async (id) => {
    const early = await host.state(id);
    if (reads++ > 0) return early;
    await repositories.transaction(['a'], ({ enrolments }) => enrolments.write([diff], CONTEXT));
    ledger.write(diff);
    heard();
    return early;
  };
  await checkStored(ledger, { host: { ...host, state } }, 'a');
  expect(reads).toBe(2);
});

test('what nobody is committing is judged at once', async () => {
  const ledger = new Ledger('freeze');
  const { repositories, host } = await memoryWorld();
  await repositories.transaction(['a'], ({ enrolments }) => enrolments.write([diff], CONTEXT));
  await expect(checkStored(ledger, { host }, 'a')).rejects.toThrow('assignments');
});
