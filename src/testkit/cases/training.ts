import { assert, assertEqual } from '../assert.js';
import type { CaseWorld, ContractCase } from '../contract-case.js';
import { assigning, diffOf, releasing, toAssignment } from '../diffs.js';
import { seedHost } from '../fixtures.js';
import { readHoldings, writeDiffs } from '../store.js';

/** Two learners are on the same course by the same link, one of them also on another course. All courses are completed. */
async function prepared(world: CaseWorld): Promise<void> {
  await seedHost(world, { learners: ['a', 'b'], courses: ['c', 'd'] });
  await writeDiffs(world.repositories, assigning('a', ['c', 'k'], ['d', 'k']), assigning('b', ['c', 'k']));
  await world.host.recordTraining('a', 'c', 'completed');
  await world.host.recordTraining('a', 'd', 'completed');
  await world.host.recordTraining('b', 'c', 'completed');
}

const statusOf = async ({ repositories }: CaseWorld, id: string, course: string) =>
  (await readHoldings(repositories, id)).training.find(({ courseId }) => courseId === course)?.status;

/** What `enrolments.write` promises about training records. */
export const training: readonly ContractCase[] = [
  {
    id: 'training-archive',
    title:
      'enrolments.write archives, and does not delete, the training record of an enrolment that ends with "archive".',
    async check(world) {
      await prepared(world);
      await writeDiffs(world.repositories, releasing('a', ['c', 'k'], 'archive'));
      assertEqual(await statusOf(world, 'a', 'c'), undefined, 'The record that is still read');
      assertEqual(await world.host.archived('a'), ['c'], 'The archived records');
    },
  },
  {
    id: 'training-archive-only-that',
    title: 'enrolments.write leaves the training records of other courses and learners unchanged.',
    async check(world) {
      await prepared(world);
      await writeDiffs(world.repositories, releasing('a', ['c', 'k'], 'archive'));
      assertEqual(await statusOf(world, 'a', 'd'), 'completed', "The learner's record of another course");
      assertEqual(await statusOf(world, 'b', 'c'), 'completed', "Another learner's record of the course");
      assertEqual(await world.host.archived('b'), [], "Another learner's archived records");
    },
  },
  {
    id: 'training-keep',
    title: 'enrolments.write leaves the training record unchanged if an enrolment ends with "keep".',
    async check(world) {
      await seedHost(world, { learners: ['in-progress', 'completed'], courses: ['c'] });
      for (const status of ['in-progress', 'completed'] as const) {
        await writeDiffs(world.repositories, assigning(status, ['c', 'k']));
        await world.host.recordTraining(status, 'c', status);
        await writeDiffs(world.repositories, releasing(status, ['c', 'k'], 'keep'));
        assertEqual(await statusOf(world, status, 'c'), status, 'The record after its enrolment ended');
        assertEqual(await world.host.archived(status), [], 'The archived records');
      }
    },
  },
  {
    id: 'training-resume',
    title: 'enrolments.write leaves the training record unchanged if an enrolment resumes.',
    async check(world) {
      for (const status of ['in-progress', 'completed'] as const) {
        await seedHost(world, { learners: [status], courses: ['c'] });
        await world.host.recordTraining(status, 'c', status);
        await writeDiffs(world.repositories, diffOf(status, resuming('c')));
        assertEqual(await statusOf(world, status, 'c'), status, 'The record after its enrolment resumed');
      }
    },
  },
  {
    id: 'training-afresh',
    title: 'enrolments.write does not reuse an archived training record for a new enrolment, and keeps it archived.',
    async check(world) {
      await prepared(world);
      await writeDiffs(world.repositories, releasing('a', ['c', 'k'], 'archive'));
      await writeDiffs(world.repositories, assigning('a', ['c', 'm']));
      assert((await statusOf(world, 'a', 'c')) !== 'completed', 'The archived record counts for the new enrolment.');
      assertEqual(await world.host.archived('a'), ['c'], 'The archived records');
      await world.host.recordTraining('a', 'c', 'completed');
      await writeDiffs(world.repositories, releasing('a', ['c', 'm'], 'archive'));
      assertEqual(
        await world.host.archived('a'),
        ['c', 'c'],
        'The archived records after the second one was archived too',
      );
    },
  },
  {
    id: 'training-survives',
    title: 'enrolments.write archives records durably: a client that opens the storage later finds them archived.',
    async check(world) {
      await prepared(world);
      await writeDiffs(world.repositories, releasing('a', ['c', 'k'], 'archive'));
      const later = await world.another();
      assertEqual(
        (await readHoldings(later.repositories, 'a')).training.map(({ courseId }) => courseId),
        ['d'],
        'The records',
      );
      assertEqual(await later.host.archived('a'), ['c'], 'The archived records');
    },
  },
];

function resuming(courseId: string) {
  return { assigned: [toAssignment([courseId, 'k'])], enrolled: [{ courseId, training: 'resume' as const }] };
}
