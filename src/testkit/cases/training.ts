import { holds, same } from '../assert.js';
import { assigning, diffOf, releasing, toAssignment } from '../diffs.js';
import { furnish } from '../furnish.js';
import type { Promised, Stage } from '../promise.js';
import { readOne, writing } from '../store.js';

/** Two learners are on the same course by the same link, one of them also on another course. All courses are completed. */
async function prepared(stage: Stage): Promise<void> {
  await furnish(stage, { learners: ['a', 'b'], courses: ['c', 'd'] });
  await writing(stage.repositories, assigning('a', ['c', 'k'], ['d', 'k']), assigning('b', ['c', 'k']));
  await stage.host.recordTraining('a', 'c', 'completed');
  await stage.host.recordTraining('a', 'd', 'completed');
  await stage.host.recordTraining('b', 'c', 'completed');
}

const statusOf = async ({ repositories }: Stage, id: string, course: string) =>
  (await readOne(repositories, id)).training.find(({ courseId }) => courseId === course)?.status;

/** What `enrolments.write` promises about training records. */
export const training: readonly Promised[] = [
  {
    id: 'training-archive',
    title:
      'enrolments.write archives, and does not delete, the training record of an enrolment that ends with "archive".',
    async check(stage) {
      await prepared(stage);
      await writing(stage.repositories, releasing('a', ['c', 'k'], 'archive'));
      same(await statusOf(stage, 'a', 'c'), undefined, 'The record that is still read');
      same(await stage.host.archived('a'), ['c'], 'The archived records');
    },
  },
  {
    id: 'training-archive-only-that',
    title: 'enrolments.write leaves the training records of other courses and learners unchanged.',
    async check(stage) {
      await prepared(stage);
      await writing(stage.repositories, releasing('a', ['c', 'k'], 'archive'));
      same(await statusOf(stage, 'a', 'd'), 'completed', "The learner's record of another course");
      same(await statusOf(stage, 'b', 'c'), 'completed', "Another learner's record of the course");
      same(await stage.host.archived('b'), [], "Another learner's archived records");
    },
  },
  {
    id: 'training-keep',
    title: 'enrolments.write leaves the training record unchanged if an enrolment ends with "keep".',
    async check(stage) {
      await furnish(stage, { learners: ['in-progress', 'completed'], courses: ['c'] });
      for (const status of ['in-progress', 'completed'] as const) {
        await writing(stage.repositories, assigning(status, ['c', 'k']));
        await stage.host.recordTraining(status, 'c', status);
        await writing(stage.repositories, releasing(status, ['c', 'k'], 'keep'));
        same(await statusOf(stage, status, 'c'), status, 'The record after its enrolment ended');
        same(await stage.host.archived(status), [], 'The archived records');
      }
    },
  },
  {
    id: 'training-resume',
    title: 'enrolments.write leaves the training record unchanged if an enrolment resumes.',
    async check(stage) {
      for (const status of ['in-progress', 'completed'] as const) {
        await furnish(stage, { learners: [status], courses: ['c'] });
        await stage.host.recordTraining(status, 'c', status);
        await writing(stage.repositories, diffOf(status, resuming('c')));
        same(await statusOf(stage, status, 'c'), status, 'The record after its enrolment resumed');
      }
    },
  },
  {
    id: 'training-afresh',
    title: 'enrolments.write does not reuse an archived training record for a new enrolment, and keeps it archived.',
    async check(stage) {
      await prepared(stage);
      await writing(stage.repositories, releasing('a', ['c', 'k'], 'archive'));
      await writing(stage.repositories, assigning('a', ['c', 'm']));
      holds((await statusOf(stage, 'a', 'c')) !== 'completed', 'The archived record counts for the new enrolment.');
      same(await stage.host.archived('a'), ['c'], 'The archived records');
      await stage.host.recordTraining('a', 'c', 'completed');
      await writing(stage.repositories, releasing('a', ['c', 'm'], 'archive'));
      same(await stage.host.archived('a'), ['c', 'c'], 'The archived records after the second one was archived too');
    },
  },
  {
    id: 'training-survives',
    title: 'enrolments.write archives records durably: a client that opens the storage later finds them archived.',
    async check(stage) {
      await prepared(stage);
      await writing(stage.repositories, releasing('a', ['c', 'k'], 'archive'));
      const later = await stage.another();
      same(
        (await readOne(later.repositories, 'a')).training.map(({ courseId }) => courseId),
        ['d'],
        'The records',
      );
      same(await later.host.archived('a'), ['c'], 'The archived records');
    },
  },
];

function resuming(courseId: string) {
  return { assigned: [toAssignment([courseId, 'k'])], enrolled: [{ courseId, training: 'resume' as const }] };
}
