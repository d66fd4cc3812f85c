import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LearnerDiff } from '../../src/index.js';
import { edits as anyEdits, courseIds, learners, segmentIds } from '../model/arbitraries.js';
import { type Holdings, holdingsOf, Play, type Taken } from '../model/play.js';
import { runs } from '../model/runs.js';
import { calmSteps, histories, learnerSteps, noticed, type Step } from '../model/steps.js';
import { watching } from '../testkit/faults.js';

const enrolments = (holdings: Holdings) =>
  new Set(
    [...holdings.values()].flatMap(({ learnerId, assignments, individual }) =>
      [...assignments.map(({ courseId }) => courseId), ...individual].map((courseId) =>
        JSON.stringify([learnerId, courseId]),
      ),
    ),
  );

/** No learner has two diffs or a course that both starts and ends; the starts and ends are the net difference. */
function checkNet({ before, after, diffs }: Taken): void {
  const [was, is] = [enrolments(before), enrolments(after)];
  const coursesOf = (list: (diff: LearnerDiff) => readonly { readonly courseId: string }[]) =>
    diffs.flatMap((diff) => list(diff).map(({ courseId }) => JSON.stringify([diff.learnerId, courseId]))).sort();
  expect(new Set(diffs.map(({ learnerId }) => learnerId)).size).toBe(diffs.length);
  expect(coursesOf((diff) => diff.enrolled)).toEqual([...is].filter((one) => !was.has(one)).sort());
  expect(coursesOf((diff) => diff.unenrolled)).toEqual([...was].filter((one) => !is.has(one)).sort());
}

it('one net effect: changes stored together do not interrupt an enrolment that exists before and after', async () => {
  const together = fc.record({
    changes: fc.array(learnerSteps({}), { maxLength: 3 }),
    editsFirst: fc.boolean(),
    edits: fc.array(anyEdits, { minLength: 1, maxLength: 5 }),
  });
  await fc.assert(
    fc.asyncProperty(
      histories(calmSteps, {}, 4),
      together,
      fc.constantFrom(1, 2, 1000),
      async ({ start, steps }, { changes, edits, editsFirst }, batchSize) => {
        let look = async () => {};
        const play = await Play.begin(start, {
          steps: steps.flatMap(noticed),
          batchSize,
          around: (store) => watching(store, () => look()),
        });
        await play.takeAll(changes);
        const operations: Step[] = [{ do: 'reconcile' }, { do: 'apply', edits }];
        if (editsFirst) operations.reverse();
        for (const operation of operations) {
          const seen: ReadonlySet<string>[] = [];
          look = async () => void seen.push(enrolments(await holdingsOf(play.host)));
          const taken = await play.take(operation);
          checkNet(taken);
          const staying = [...enrolments(taken.before)].filter((one) => enrolments(taken.after).has(one));
          for (const moment of seen) expect(staying.filter((one) => !moment.has(one))).toEqual([]);
        }
      },
    ),
    runs(40),
  );
});

it('one net effect: moving a learner between segments that share a course, or the course between their segments, leaves no gap', async () => {
  const two = fc.uniqueArray(segmentIds, { minLength: 2, maxLength: 2 });
  const movers = learners({}, fc.constant('a'));
  await fc.assert(
    fc.asyncProperty(two, courseIds, movers, fc.boolean(), async ([from, to], courseId, mover, moveLearner) => {
      const segment = (id: string): Step => ({
        do: 'apply',
        edits: [{ type: 'saveSegment', segment: { id, title: id, rule: null } }],
      });
      const link = (segmentId: string, id: string) => ({ type: 'link', link: { id, segmentId, courseId } }) as const;
      const segments = moveLearner ? [from!] : [from!, to!];
      const start = {
        courses: [{ id: courseId, enrolmentMethod: 'by-assignment-only' }],
        learners: [{ ...mover, segments }],
        inactive: 'freeze' as const,
      };
      const setup = [link(from!, 'old'), ...(moveLearner ? [link(to!, 'new')] : [])];
      const play = await Play.begin(
        { ...start, setup: [], prior: [] },
        { steps: [segment(from!), segment(to!), { do: 'apply', edits: setup }] },
      );
      const moved = { ...mover, segments: [to!] };
      if (moveLearner) await play.takeAll([{ do: 'save', learners: [moved] }]);
      const { diffs } = await play.take(
        moveLearner
          ? { do: 'notice', ids: ['a'] }
          : { do: 'apply', edits: [{ type: 'unlink', linkId: 'old' }, link(to!, 'new')] },
      );
      const cause = moveLearner ? 'left-segment' : 'unlinked';
      expect(diffs).toEqual([
        {
          learnerId: 'a',
          assigned: [{ courseId, linkId: 'new', segmentId: to }],
          released: [{ courseId, linkId: 'old', segmentId: from, cause }],
          enrolled: [],
          unenrolled: [],
          kept: [{ courseId, by: ['new'], individual: false }],
        },
      ]);
    }),
    runs(30),
  );
});
