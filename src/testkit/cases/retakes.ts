import { holds, same } from '../assert.js';
import { assigning, diffOf, toAssignment } from '../diffs.js';
import { furnish } from '../furnish.js';
import type { Promised, Stage } from '../promise.js';
import { readable } from '../readable.js';
import { readOne, writing } from '../store.js';

/** Learners `a` and `b` are on a course; `a` has completed it, and retakes it. */
async function retaking(stage: Stage): Promise<void> {
  await furnish(stage, { learners: ['a', 'b'], courses: ['c'] });
  await writing(stage.repositories, assigning('a', ['c', 'k']), assigning('b', ['c', 'k']));
  await stage.host.recordTraining('a', 'c', 'completed');
  await stage.addTraining('a', 'c', 'in-progress');
}

/** Whether the learner has completed the course by any of their records. */
async function hasCompleted({ repositories }: Stage, learnerId: string): Promise<boolean> {
  const { training } = await readOne(repositories, learnerId);
  return training.some(({ courseId, status }) => courseId === 'c' && status === 'completed');
}

/** What the repositories promise if a learner has several live training records of one course. */
export const retakes: readonly Promised[] = [
  {
    id: 'read-retakes',
    title:
      'enrolments.read returns all live training records of one course, or one that is completed if any of them is.',
    needs: 'addTraining',
    async check(stage) {
      await retaking(stage);
      const { enrolments } = stage.repositories;
      for (const options of [undefined, { courses: ['c'] }]) {
        const rows = readable(await enrolments.read(['a', 'b'], options));
        same(rows.map(({ learnerId }) => learnerId).sort(), ['a', 'b'], 'The learners');
      }
      holds(await hasCompleted(stage, 'a'), 'The completed record is missing.');
    },
  },
  {
    id: 'training-archive-retakes',
    title: 'enrolments.write archives all live training records of the course if it archives any.',
    needs: 'addTraining',
    async check(stage) {
      await retaking(stage);
      const released = [{ ...toAssignment(['c', 'k']), cause: 'unlinked' as const }];
      const unenrolled = [{ courseId: 'c', training: 'archive' as const, cause: 'unlinked' as const }];
      await writing(stage.repositories, diffOf('a', { released, unenrolled }));
      const { training } = await readOne(stage.repositories, 'a');
      same(
        training.filter(({ courseId }) => courseId === 'c'),
        [],
        'The live training records',
      );
    },
  },
];
