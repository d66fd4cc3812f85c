import { isSmartEnrolmentsError } from '../../errors.js';
import type { Outcome } from '../../model/diff.js';
import { holds, same } from '../assert.js';
import type { Misfortune } from './misfortune.js';
import type { Evaluated, Observed } from './observed.js';
import type { LibraryStep } from './step.js';

/** What became of an operation; `done`: everyone is settled except those who were set aside. */
export type Verdict = 'done' | 'to be run again' | 'refused' | 'conflict';

/** An operation as it ended, and all that is known of how. */
interface Operation {
  readonly step: LibraryStep;
  readonly observed: Observed;
  readonly misfortune: Misfortune;
}

const REFUSALS: ReadonlySet<string> = new Set(
  'invalid_input unknown_segment unknown_course unknown_link course_not_by_assignment duplicate_link segment_in_use rule_cycle'.split(
    ' ',
  ),
);
const CONFLICTS: ReadonlySet<string> = new Set(['catalog_conflict', 'plan_stale']);

/** Checks that an operation was right to resolve with this outcome. */
export function resolved({ step, observed, misfortune }: Operation, outcome: Outcome): Verdict {
  const { struck } = misfortune;
  // An edit may succeed beside earlier work that failed, or that another process has settled by the time the edit is tried again.
  const isReported = outcome.outstanding.some(({ error }) => isDueTo(error, struck));
  const isLawful = isEdit(step) && (isReported || observed.hasConflicted);
  holds(!struck || isLawful, `${step.do} resolved although a repository had thrown.`);
  const { failedAlone } = observed;
  holds(!failedAlone, `${step.do} resolved although ${JSON.stringify(failedAlone?.id)} could not be written.`);
  checkOutcome({ step, observed, misfortune }, outcome);
  return 'done';
}

/** Checks that an operation was right to reject with this error; throws the error if it was not. */
export function rejected({ step, observed, misfortune }: Operation, error: unknown): Verdict {
  if (isDueTo(error, misfortune.struck)) {
    if (isSmartEnrolmentsError(error, 'work_outstanding')) {
      const { operation, courses } = error.details;
      const left = observed.works.get(operation) ?? [];
      const isOfWork = courses.length > 0 && courses.every((id) => left.includes(id));
      holds(isEdit(step) && isOfWork, `${step.do} was rejected for work of other courses.`);
    } else if (!isSmartEnrolmentsError(error, 'repository_failed')) throw error;
    const isOneWalk = step.do === 'notice' || step.do === 'reconcile';
    holds(!isOneWalk || !observed.hasGoneOn, `${step.do} went on after a repository had thrown.`);
    return 'to be run again';
  }
  const { failedAlone } = observed;
  if (failedAlone && isOf(error, failedAlone.errors)) {
    checkOnlyOneFailed({ step, observed, misfortune }, error, failedAlone.id);
    return 'done';
  }
  if (!isSmartEnrolmentsError(error) || !isEdit(step)) throw error;
  if (REFUSALS.has(error.code)) return 'refused';
  if (CONFLICTS.has(error.code)) return 'conflict';
  throw error;
}

/** Everyone else is settled: the error names the learner alone, and no work is left. */
function checkOnlyOneFailed(operation: Operation, error: unknown, id: string): void {
  const { step, observed } = operation;
  const isOnlyOne = ({ ids }: Evaluated): boolean => ids.size === 1 && ids.has(id);
  const isOwnError = !isSmartEnrolmentsError(error, 'some_failed');
  const { all, sinceCommit } = observed;
  holds(isOwnError || !isOnlyOne(all), `${step.do} evaluated one learner, and was rejected with some_failed.`);
  const mayBeOwn = isOnlyOne(all) || (sinceCommit !== undefined && isOnlyOne(sinceCommit));
  holds(!isOwnError || mayBeOwn, `${step.do} evaluated several learners, and was rejected with the error of one.`);
  holds(observed.hasSettledOwn(), `${step.do} left work although one learner failed.`);
  if (isOwnError) return;
  const { failed, outcome } = error.details;
  same(
    failed.map(({ learnerId }) => learnerId),
    [id],
    `Learners whom ${step.do} set aside`,
  );
  checkOutcome(operation, outcome);
}

/** Nothing is outstanding but what this process could not settle, and learners whom the store could not read are blocked. */
function checkOutcome({ step, observed, misfortune }: Operation, { operation, outstanding, summary }: Outcome): void {
  const others = outstanding.filter(({ error }) => !isDueTo(error, misfortune.struck));
  same(
    others.map((work) => work.operation),
    [],
    `Work that ${step.do} reports as outstanding`,
  );
  const { own, committed } = observed;
  same(
    operation,
    own !== undefined && observed.wrote.has(own) ? own : committed,
    `The operation that ${step.do} reports`,
  );
  const evaluated = isEdit(step) ? observed.sinceCommit : observed.all;
  const blocked = new Set(summary.blocked.flatMap((one) => (one.kind === 'invalid-learner' ? [one.learnerId] : [])));
  for (const id of evaluated?.unreadable ?? []) {
    holds(blocked.has(id), `${step.do} does not list ${JSON.stringify(id)} as blocked, who could not be read.`);
  }
}

function isEdit(step: LibraryStep): boolean {
  return 'edits' in step;
}

/** Whether an error, or one of its causes, is what a repository threw; of a dead process, any of its errors. */
function isDueTo(error: unknown, struck: Error | undefined): boolean {
  if (!struck) return false;
  for (let one = error; one instanceof Error; one = one.cause) if (one.name === struck.name) return true;
  return false;
}

/** Whether this is the error of a learner who failed, or contains it. */
function isOf(error: unknown, own: readonly unknown[]): boolean {
  const errors = isSmartEnrolmentsError(error, 'some_failed') ? error.details.failed.map((one) => one.error) : [error];
  return errors.some((one) => one instanceof Error && own.includes(one.cause));
}
