import type { CatalogChange } from '../../src/model/catalog.js';
import type { LearnerDiff } from '../../src/model/diff.js';
import type { Assignment } from '../../src/model/learner.js';

/** A diff that does nothing but what is given. */
export function diffOf(learnerId: string, parts: Partial<LearnerDiff> = {}): LearnerDiff {
  return { learnerId, assigned: [], released: [], enrolled: [], unenrolled: [], kept: [], ...parts };
}

/** A diff that assigns, and starts, one course by each link, written as `course:link`. */
export function assigning(learnerId: string, ...pairs: readonly string[]): LearnerDiff {
  const assigned = pairs.map(pairOf);
  return diffOf(learnerId, { assigned, enrolled: assigned.map(({ courseId }) => ({ courseId, training: 'start' })) });
}

export function releasing(learnerId: string, ...pairs: readonly string[]): LearnerDiff {
  return diffOf(learnerId, { released: pairs.map((pair) => ({ ...pairOf(pair), cause: 'left-segment' })) });
}

export function pairOf(pair: string): Assignment {
  const [courseId, linkId] = pair.split(':') as [string, string];
  return { courseId, linkId, segmentId: 's' };
}

export function changeOf(parts: Partial<CatalogChange> = {}): CatalogChange {
  return { saveSegments: [], deleteSegments: [], saveLinks: [], deleteLinks: [], ...parts };
}

/** A change that saves one segment. */
export function saving(id: string): CatalogChange {
  return changeOf({ saveSegments: [{ id, title: id }] });
}
