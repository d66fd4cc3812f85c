import { assert, assertEqual } from '../assert.js';
import type { CaseWorld, ContractCase } from '../contract-case.js';
import { assigning, diffOf, toAssignment } from '../diffs.js';
import { seedHost } from '../fixtures.js';
import { readable } from '../readable.js';
import { readHoldings, writeDiffs } from '../store.js';

/** Learners `a` and `b` are on a course; `a` has completed it, and retakes it. */
async function retaking(world: CaseWorld): Promise<void> {
  await seedHost(world, { learners: ['a', 'b'], courses: ['c'] });
  await writeDiffs(world.repositories, assigning('a', ['c', 'k']), assigning('b', ['c', 'k']));
  await world.host.recordTraining('a', 'c', 'completed');
  await world.addTraining('a', 'c', 'in-progress');
}

/** Whether the learner has completed the course by any of their records. */
async function hasCompleted({ repositories }: CaseWorld, learnerId: string): Promise<boolean> {
  const { training } = await readHoldings(repositories, learnerId);
  return training.some(({ courseId, status }) => courseId === 'c' && status === 'completed');
}

/** What the repositories promise if a learner has several live training records of one course. */
export const retakes: readonly ContractCase[] = [
  {
    id: 'read-retakes',
    title:
      'enrolments.read returns all live training records of one course, or one that is completed if any of them is.',
    needs: 'addTraining',
    async check(world) {
      await retaking(world);
      const { enrolments } = world.repositories;
      for (const options of [undefined, { courses: ['c'] }]) {
        const rows = readable(await enrolments.read(['a', 'b'], options));
        assertEqual(rows.map(({ learnerId }) => learnerId).sort(), ['a', 'b'], 'The learners');
      }
      assert(await hasCompleted(world, 'a'), 'The completed record is missing.');
    },
  },
  {
    id: 'training-archive-retakes',
    title: 'enrolments.write archives all live training records of the course if it archives any.',
    needs: 'addTraining',
    async check(world) {
      await retaking(world);
      const released = [{ ...toAssignment(['c', 'k']), cause: 'unlinked' as const }];
      const unenrolled = [{ courseId: 'c', training: 'archive' as const, cause: 'unlinked' as const }];
      await writeDiffs(world.repositories, diffOf('a', { released, unenrolled }));
      const { training } = await readHoldings(world.repositories, 'a');
      assertEqual(
        training.filter(({ courseId }) => courseId === 'c'),
        [],
        'The live training records',
      );
    },
  },
];
