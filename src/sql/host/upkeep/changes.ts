import type { Enrolled, LearnerDiff, Unenrolled } from '../../../model/diff.js';

/** A learner's id and a course's id. */
export type Pair = { readonly who: string; readonly what: string };

/** What diffs change in a host's tables; each list in order of ids, so that all transactions lock rows in the same order. */
export interface Changes {
  /** Courses that the learner now holds by a link. */
  readonly held: readonly Pair[];
  /** Courses that the learner no longer holds by any link. */
  readonly released: readonly Pair[];
  readonly recordsStarted: readonly Pair[];
  readonly recordsArchived: readonly Pair[];
}

/**
 * Returns what these diffs change. An individual enrolment does not count: a smart enrolment may begin beside one, or end and leave it.
 */
export function changesIn(diffs: readonly LearnerDiff[]): Changes {
  const isHeld = new Map<string, boolean>();
  const records = { start: new Set<string>(), archive: new Set<string>() };
  for (const { learnerId, assigned, released, enrolled, unenrolled, kept } of diffs) {
    const keyOf = (courseId: string): string => JSON.stringify([learnerId, courseId]);
    for (const { courseId } of released) isHeld.set(keyOf(courseId), false);
    for (const { courseId, by } of kept) if (by.length > 0) isHeld.set(keyOf(courseId), true);
    for (const { courseId } of assigned) isHeld.set(keyOf(courseId), true);
    for (const { courseId, training } of [...enrolled, ...unenrolled]) {
      const change = recordChange(training);
      if (change) records[change].add(keyOf(courseId));
    }
  }
  const keys = [...isHeld];
  return {
    held: pairs(keys.flatMap(([key, held]) => (held ? [key] : []))),
    released: pairs(keys.flatMap(([key, held]) => (held ? [] : [key]))),
    recordsStarted: pairs([...records.start]),
    recordsArchived: pairs([...records.archive]),
  };
}

/** What happens to the training record of an enrolment that starts or ends. */
function recordChange(training: Enrolled['training'] | Unenrolled['training']): 'start' | 'archive' | undefined {
  switch (training) {
    case 'start':
    case 'archive':
      return training;
    case 'resume':
    case 'keep':
      return undefined;
    default:
      return training satisfies never;
  }
}

function pairs(keys: readonly string[]): Pair[] {
  return [...keys].sort().map((key) => {
    const [who, what] = JSON.parse(key) as [string, string];
    return { who, what };
  });
}
