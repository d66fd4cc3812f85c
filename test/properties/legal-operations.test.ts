import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Edit, TrainingRecord } from '../../src/index.js';
import { courseIds, learnerIds } from '../model/arbitraries.js';
import { isLibraryStep, Play } from '../model/play.js';
import { LEARNERS, LINKS } from '../model/pools.js';
import { runs } from '../model/runs.js';
import { histories, individualSteps, type Step, steps } from '../model/steps.js';

const busy = fc.oneof<fc.WeightedArbitrary<Step>[]>(
  { weight: 2, arbitrary: steps },
  { weight: 1, arbitrary: individualSteps },
);

it('legal operations: start, resume, keep and archive fit the existing training record', async () => {
  await fc.assert(
    fc.asyncProperty(histories(busy), async ({ start, steps }) => {
      const play = await Play.begin(start);
      const archivedOf = async () =>
        new Map(await Promise.all(LEARNERS.map(async (id) => [id, await play.host.archived(id)] as const)));
      for (const step of steps) {
        const archivedBefore = await archivedOf();
        const { before, after, diffs } = await play.take(step);
        const archivedAfter = await archivedOf();
        for (const [id, { training, assignments, individual }] of isLibraryStep(step) ? before : []) {
          const records = new Map(
            training.map(({ courseId, status }): [string, TrainingRecord['status']] => [courseId, status]),
          );
          const on = new Set([...individual, ...assignments.map(({ courseId }) => courseId)]);
          const diff = diffs.find(({ learnerId }) => learnerId === id);
          for (const { courseId, training: does } of diff?.enrolled ?? []) {
            expect(on.has(courseId)).toBe(false);
            expect(does).toBe(records.has(courseId) ? 'resume' : 'start');
          }
          for (const { courseId, training: does, cause } of diff?.unenrolled ?? []) {
            expect(on.has(courseId)).toBe(true);
            const archive = cause === 'unlinked' && records.get(courseId) === 'completed';
            expect(does).toBe(archive ? 'archive' : 'keep');
          }
          const gone = (diff?.unenrolled ?? [])
            .filter((one) => one.training === 'archive')
            .map(({ courseId }) => courseId);
          expect(archivedAfter.get(id)).toEqual([...archivedBefore.get(id)!, ...gone]);
          const later = new Map(after.get(id)!.training.map(({ courseId, status }) => [courseId, status]));
          for (const [courseId, status] of records)
            expect(later.get(courseId)).toBe(gone.includes(courseId) ? undefined : status);
        }
      }
    }),
    runs(60),
  );
});

it('legal operations: an enrolment that ends both by leaving and by unlinking ends as unlinked', async () => {
  const pairs = fc.uniqueArray(fc.constantFrom(...LINKS), { minLength: 2, maxLength: 2 });
  const statuses = fc.constantFrom<(TrainingRecord['status'] | undefined)[]>('completed', 'in-progress', undefined);
  await fc.assert(
    fc.asyncProperty(pairs, learnerIds, courseIds, statuses, async ([left, unlinked], learnerId, courseId, status) => {
      const link = (id: string): Edit => ({ type: 'link', link: { id, segmentId: `of ${id}`, courseId } });
      const segment = (id: string): Edit => ({ type: 'saveSegment', segment: { id: `of ${id}`, rule: null } });
      const who = { id: learnerId, profile: {}, segments: [`of ${left}`, `of ${unlinked}`] };
      const play = await Play.begin({
        courses: [{ id: courseId, enrolmentMethod: 'by-assignment-only' }],
        learners: [who],
        inactive: 'freeze',
        setup: [segment(left!), segment(unlinked!), link(left!), link(unlinked!)],
        prior: status ? [{ do: 'train', learnerId, courseId, status }] : [],
      });
      const { status: now } = (await play.host.state(learnerId)).training[0] ?? {};
      await play.takeAll([{ do: 'save', learners: [{ ...who, segments: [`of ${unlinked}`] }] }]);
      const { diffs } = await play.take({ do: 'apply', edits: [{ type: 'unlink', linkId: unlinked! }] });
      const training = now === 'completed' ? 'archive' : 'keep';
      expect(diffs.map((diff) => diff.unenrolled)).toEqual([[{ courseId, training, cause: 'unlinked' }]]);
      expect(await play.host.archived(learnerId)).toEqual(now === 'completed' ? [courseId] : []);
    }),
    runs(30),
  );
});
