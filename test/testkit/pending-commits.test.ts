import { expect, test } from 'vitest';
import type { LearnerDiff } from '../../src/index.js';
import { ExpectedState } from '../../src/testkit/simulation/expected-state.js';
import { checkStored } from '../../src/testkit/simulation/laws.js';
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

// InnoDB releases the locks and shows others the committed rows, then waits for the disk, and only then acknowledges the commit.
test('a commit that is not acknowledged yet breaks no law, and is checked once it is acknowledged', async () => {
  const expected = new ExpectedState('freeze');
  const { repositories, host } = await memoryWorld();
  const acknowledge = expected.pendingCommits.begin(['a']);
  await repositories.transaction(['a'], ({ enrolments }) => enrolments.write([diff], CONTEXT));
  const seen: string[] = [];
  const checked = checkStored(expected, { host }, 'a').then(() => seen.push('checked'));
  for (let tick = 0; tick < 100; tick++) await null;
  expect(seen).toEqual([]);
  expected.applyDiff(diff);
  acknowledge();
  await checked;
  expect(seen).toEqual(['checked']);
});

test('a learner is read again if a commit is acknowledged during the read', async () => {
  const expected = new ExpectedState('freeze');
  const { repositories, host } = await memoryWorld();
  const acknowledge = expected.pendingCommits.begin(['a']);
  let reads = 0;
  const state: typeof host.state = async (id) => {
    const early = await host.state(id);
    if (reads++ > 0) return early;
    await repositories.transaction(['a'], ({ enrolments }) => enrolments.write([diff], CONTEXT));
    expected.applyDiff(diff);
    acknowledge();
    return early;
  };
  await checkStored(expected, { host: { ...host, state } }, 'a');
  expect(reads).toBe(2);
});

test('stored rows are checked immediately if no commit is pending', async () => {
  const expected = new ExpectedState('freeze');
  const { repositories, host } = await memoryWorld();
  await repositories.transaction(['a'], ({ enrolments }) => enrolments.write([diff], CONTEXT));
  await expect(checkStored(expected, { host }, 'a')).rejects.toThrow('assignments');
});
