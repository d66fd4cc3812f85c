import type { LearnerDiff } from '../../src/model/diff.js';
import type { Assignment, Holdings } from '../../src/model/learner.js';
import type { Facts } from './oracle.js';

/** Orders ids by code point, by spreading them into code points. */
export function byCodePoint(a: string, b: string): number {
  const [x, y] = [a, b].map((id) => [...id].map((char) => char.codePointAt(0) as number)) as [number[], number[]];
  const at = x.findIndex((point, i) => point !== y[i]);
  return at < 0 ? x.length - y.length : (x[at] as number) - (y[at] ?? -1);
}

const unique = (ids: readonly string[]) => [...new Set(ids)].sort(byCodePoint);
const same = (a: Assignment) => (b: Assignment) => a.courseId === b.courseId && a.linkId === b.linkId;
const sorted = <One extends Assignment>(list: readonly One[]) =>
  [...list].sort((a, b) => byCodePoint(a.courseId, b.courseId) || byCodePoint(a.linkId, b.linkId));

/** The expected diff of a learner who ends up with these assignments; undefined if nothing changes (semantics §3, §4). */
export function expectedDiff(
  { links }: Facts,
  before: Holdings,
  after: readonly Assignment[],
): LearnerDiff | undefined {
  const assigned = sorted(after.filter((one) => !before.assignments.some(same(one))));
  const exists = (one: Assignment) =>
    links.some(({ id, courseId }) => same(one)({ courseId, linkId: id, segmentId: '' }));
  const released = sorted(before.assignments.filter((one) => !after.some(same(one)))).map(
    ({ courseId, linkId, segmentId }) => ({
      courseId,
      linkId,
      segmentId,
      cause: exists({ courseId, linkId, segmentId }) ? ('left-segment' as const) : ('unlinked' as const),
    }),
  );
  if (assigned.length + released.length === 0) return undefined;
  const { individual } = before;
  const was = new Set([...individual, ...before.assignments.map(({ courseId }) => courseId)]);
  const is = new Set([...individual, ...after.map(({ courseId }) => courseId)]);
  const statusOf = (courseId: string) => before.training.find((record) => record.courseId === courseId)?.status;
  const lost = unique(released.map(({ courseId }) => courseId));
  return {
    learnerId: before.learnerId,
    assigned,
    released,
    enrolled: unique(assigned.map(({ courseId }) => courseId))
      .filter((courseId) => !was.has(courseId))
      .map((courseId) => ({ courseId, training: statusOf(courseId) ? 'resume' : 'start' })),
    unenrolled: lost
      .filter((courseId) => !is.has(courseId))
      .map((courseId) => {
        const cause = released.some((one) => one.courseId === courseId && one.cause === 'unlinked')
          ? 'unlinked'
          : 'left-segment';
        return {
          courseId,
          training: cause === 'unlinked' && statusOf(courseId) === 'completed' ? 'archive' : 'keep',
          cause,
        };
      }),
    kept: lost
      .filter((courseId) => is.has(courseId))
      .map((courseId) => ({
        courseId,
        by: unique(after.filter((one) => one.courseId === courseId).map(({ linkId }) => linkId)),
        individual: individual.includes(courseId),
      })),
  };
}
