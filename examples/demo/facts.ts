import type { Assignment, Catalog, Learner, LearnerDiff, LearnerId } from 'smart-enrolments';

/** The enrolments that a replay starts and ends. */
export interface Changes {
  readonly started: number;
  /** Started enrolments that had ended before. */
  readonly startedAgain: number;
  readonly endedByUnlink: number;
  readonly endedByLeaving: number;
}

/** The final state of a replay. */
export interface Standing {
  readonly enrolments: number;
  /** Enrolments that two or more teams hold. */
  readonly heldTwice: number;
  readonly memberships: number;
  readonly links: number;
}

/** The result of a replay by commit, computed independently from the history. */
const EXPECTED: Changes & Standing = {
  started: 5235,
  startedAgain: 48,
  endedByUnlink: 443,
  endedByLeaving: 665,
  enrolments: 4127,
  heldTwice: 366,
  memberships: 987,
  links: 369,
};

/** Adds the changes of some diffs. */
export function counted(so: Changes, diffs: readonly LearnerDiff[]): Changes {
  const enrolled = diffs.flatMap((diff) => diff.enrolled);
  const unenrolled = diffs.flatMap((diff) => diff.unenrolled);
  const unlinked = unenrolled.filter(({ cause }) => cause === 'unlinked').length;
  return {
    started: so.started + enrolled.length,
    startedAgain: so.startedAgain + enrolled.filter(({ training }) => training === 'resume').length,
    endedByUnlink: so.endedByUnlink + unlinked,
    endedByLeaving: so.endedByLeaving + unenrolled.length - unlinked,
  };
}

/** Nothing started, nothing ended. */
export const NOTHING: Changes = { started: 0, startedAgain: 0, endedByUnlink: 0, endedByLeaving: 0 };

/** Counts the current enrolments from the assignments that hold them. */
export function standing(
  assignments: readonly (Assignment & { readonly learnerId: LearnerId })[],
  learners: readonly Learner[],
  catalog: Catalog,
): Standing {
  const holds = new Map<string, number>();
  for (const { learnerId, courseId } of assignments) {
    const enrolment = JSON.stringify([learnerId, courseId]);
    holds.set(enrolment, (holds.get(enrolment) ?? 0) + 1);
  }
  return {
    enrolments: holds.size,
    heldTwice: [...holds.values()].filter((links) => links > 1).length,
    memberships: learners.reduce((sum, { segments = [] }) => sum + segments.length, 0),
    links: catalog.links.length,
  };
}

/** Returns the facts that differ from the expected ones; an empty list if all agree. */
export function mismatches(found: Changes & Standing): string[] {
  return Object.entries(EXPECTED)
    .filter(([name, expected]) => found[name as keyof typeof EXPECTED] !== expected)
    .map(([name, expected]) => `${name}: expected ${expected}, found ${found[name as keyof typeof EXPECTED]}`);
}
