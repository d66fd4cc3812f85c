import { isSmartEnrolmentsError } from '../../errors/smart-enrolments-error.js';
import type { Outcome } from '../../model/diff.js';
import { assert, assertEqual } from '../assert.js';
import type { FaultInjector } from './fault-injector.js';
import type { Evaluated, Observed } from './observed.js';
import type { LibraryStep } from './step.js';

/** How an operation ended. `done`: all learners are settled except those set aside. */
export type Result = 'done' | 'retry' | 'refused' | 'conflict';

/** An operation that has ended, with what was observed about it. */
interface EndedOperation {
  readonly step: LibraryStep;
  readonly observed: Observed;
  readonly injector: FaultInjector;
}

const REFUSALS: ReadonlySet<string> = new Set(
  'invalid_input unknown_segment unknown_course unknown_link course_not_by_assignment duplicate_link segment_in_use rule_cycle'.split(
    ' ',
  ),
);
const CONFLICTS: ReadonlySet<string> = new Set(['catalog_conflict', 'plan_stale']);

/** Checks that an operation may resolve with this outcome. */
export function checkResolved({ step, observed, injector }: EndedOperation, outcome: Outcome): Result {
  const { thrown } = injector;
  // An edit may succeed although earlier work failed, or because another process settled that work before the edit was retried.
  const isReported = outcome.outstanding.some(({ error }) => isDueTo(error, thrown));
  const isAllowed = isEdit(step) && (isReported || observed.hasConflicted);
  assert(!thrown || isAllowed, `${step.do} resolved although a repository call had thrown.`);
  const { failedAlone } = observed;
  assert(!failedAlone, `${step.do} resolved although ${JSON.stringify(failedAlone?.id)} could not be written.`);
  checkOutcome({ step, observed, injector }, outcome);
  return 'done';
}

/** Checks that an operation may reject with this error; throws the error if it may not. */
export function checkRejected({ step, observed, injector }: EndedOperation, error: unknown): Result {
  if (isDueTo(error, injector.thrown)) {
    if (isSmartEnrolmentsError(error, 'work_outstanding')) {
      const { operation, courses } = error.details;
      const left = observed.coursesOfWork.get(operation) ?? [];
      const isOfWork = courses.length > 0 && courses.every((id) => left.includes(id));
      assert(isEdit(step) && isOfWork, `${step.do} was rejected because of work on other courses.`);
    } else if (!isSmartEnrolmentsError(error, 'repository_failed')) throw error;
    const isSingleWalk = step.do === 'notice' || step.do === 'reconcile';
    assert(!isSingleWalk || !observed.hasCalledAfterFault, `${step.do} went on after a repository call had thrown.`);
    return 'retry';
  }
  const { failedAlone } = observed;
  if (failedAlone && isOf(error, failedAlone.errors)) {
    checkOnlyOneFailed({ step, observed, injector }, error, failedAlone.id);
    return 'done';
  }
  if (!isSmartEnrolmentsError(error) || !isEdit(step)) throw error;
  if (REFUSALS.has(error.code)) return 'refused';
  if (CONFLICTS.has(error.code)) return 'conflict';
  throw error;
}

/** Checks that all other learners are settled: the error names only this learner, and no work is left. */
function checkOnlyOneFailed(operation: EndedOperation, error: unknown, id: string): void {
  const { step, observed } = operation;
  const isOnlyOne = ({ ids }: Evaluated): boolean => ids.size === 1 && ids.has(id);
  const isOwnError = !isSmartEnrolmentsError(error, 'some_failed');
  const { all, sinceCommit } = observed;
  assert(isOwnError || !isOnlyOne(all), `${step.do} evaluated one learner, but was rejected with some_failed.`);
  const mayBeOwn = isOnlyOne(all) || (sinceCommit !== undefined && isOnlyOne(sinceCommit));
  assert(
    !isOwnError || mayBeOwn,
    `${step.do} evaluated several learners, but was rejected with the error of one of them.`,
  );
  assert(observed.hasSettledOwn(), `${step.do} left work although one learner failed.`);
  if (isOwnError) return;
  const { failed, outcome } = error.details;
  assertEqual(
    failed.map(({ learnerId }) => learnerId),
    [id],
    `Learners set aside by ${step.do}`,
  );
  checkOutcome(operation, outcome);
}

/** Checks that only work that this process could not settle is outstanding, and that learners the store could not read are blocked. */
function checkOutcome(
  { step, observed, injector }: EndedOperation,
  { operation, outstanding, summary }: Outcome,
): void {
  const others = outstanding.filter(({ error }) => !isDueTo(error, injector.thrown));
  assertEqual(
    others.map((work) => work.operation),
    [],
    `Work that ${step.do} reports as outstanding`,
  );
  const { own, committed } = observed;
  assertEqual(
    operation,
    own !== undefined && observed.wrote.has(own) ? own : committed,
    `The operation that ${step.do} reports`,
  );
  const evaluated = isEdit(step) ? observed.sinceCommit : observed.all;
  const blocked = new Set(summary.blocked.flatMap((one) => (one.kind === 'invalid-learner' ? [one.learnerId] : [])));
  for (const id of evaluated?.unreadable ?? []) {
    assert(
      blocked.has(id),
      `${step.do} does not list ${JSON.stringify(id)} as blocked, although this learner could not be read.`,
    );
  }
}

function isEdit(step: LibraryStep): boolean {
  return 'edits' in step;
}

/** Whether an error or one of its causes is the simulated fault. If the process is dead, any such fault counts. */
function isDueTo(error: unknown, thrown: Error | undefined): boolean {
  if (!thrown) return false;
  for (let one = error; one instanceof Error; one = one.cause) if (one.name === thrown.name) return true;
  return false;
}

/** Whether this is the error of a learner who failed alone, or contains it. */
function isOf(error: unknown, own: readonly unknown[]): boolean {
  const errors = isSmartEnrolmentsError(error, 'some_failed') ? error.details.failed.map((one) => one.error) : [error];
  return errors.some((one) => one instanceof Error && own.includes(one.cause));
}
