import type { Assignment, Catalog, Learner, LearnerDiff, LearnerId } from 'smart-enrolments';

/** What a replay starts and ends. */
export interface Changes {
  readonly started: number;
  /** Of those started: where there had been an enrolment before. */
  readonly startedAgain: number;
  readonly endedByUnlink: number;
  readonly endedByLeaving: number;
}

/** Where a replay ends. */
export interface Standing {
  readonly enrolments: number;
  /** Of the enrolments: held by two or more teams. */
  readonly heldTwice: number;
  readonly memberships: number;
  readonly links: number;
}

/** What a replay by commit comes to, as counted from the history by other means. */
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

/** Adds what some diffs start and end. */
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

/** Counts what stands: enrolments from the assignments that hold them. */
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

/** Says where the facts are not as expected; nothing where all agree. */
export function mismatches(found: Changes & Standing): string[] {
  return Object.entries(EXPECTED)
    .filter(([name, expected]) => found[name as keyof typeof EXPECTED] !== expected)
    .map(([name, expected]) => `${name}: expected ${expected}, found ${found[name as keyof typeof EXPECTED]}`);
}
