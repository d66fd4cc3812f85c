import { describe, expect, it } from 'vitest';
import { type Outcome, SmartEnrolmentsError, type Summary, type Unsettled } from '../../src/index.js';
import { expecting } from '../../src/testkit/fixtures.js';
import { Random } from '../../src/testkit/random.js';
import { checkRejected, checkResolved } from '../../src/testkit/simulation/check-result.js';
import { FaultInjector } from '../../src/testkit/simulation/fault-injector.js';
import { Observed } from '../../src/testkit/simulation/observed.js';
import { counting, NO_FAULTS } from '../../src/testkit/simulation/report.js';
import type { LibraryStep } from '../../src/testkit/simulation/step.js';

const apply: LibraryStep = { do: 'apply', edits: [] };
const reconcile: LibraryStep = { do: 'reconcile' };
const own = new Error('The host cannot write "x".');
const failedWrite = new SmartEnrolmentsError('repository_failed', { method: 'enrolments.write' }, { cause: own });

const outcomeOf = (parts: Partial<Outcome> = {}, blocked: Summary['blocked'] = []): Outcome =>
  ({ revision: 1, summary: { blocked } as Summary, outstanding: [], ...parts }) as Outcome;
const someFailed = (ids: readonly string[], outcome = outcomeOf({ operation: 'edit' })) =>
  new SmartEnrolmentsError('some_failed', {
    failed: ids.map((learnerId) => ({ learnerId, error: failedWrite })),
    outcome,
  });

const workOf = (id: string): Unsettled => {
  const { unsettled } = expecting(6);
  return { ...unsettled, operation: { ...unsettled.operation, id } };
};

/** An operation; with `struck`, one of its calls has lost its connection. */
function operation(step: LibraryStep, { struck = false } = {}) {
  const injector = new FaultInjector(
    new Random(1),
    new Random(1),
    { ...NO_FAULTS, ...(struck && { throwBefore: 1 }) },
    counting().faults,
  );
  for (let call = 0; struck && call < 40; call++) {
    try {
      injector.throwIfDue('before', 'catalog.load');
    } catch {
      // It is kept in `struck`.
    }
  }
  return { step, observed: new Observed(), injector };
}

/** An operation that evaluated these learners and could not write `x`. */
function failing(step: LibraryStep, ids: readonly string[]) {
  const failed = operation(step);
  failed.observed.recordCommit(workOf('edit'));
  for (const pass of ['holders', 'audience'] as const)
    failed.observed.recordSettled({ operation: 'edit', range: { pass }, done: true });
  failed.observed.recordTransaction(ids);
  failed.observed.recordFailedAlone('x', own);
  return failed;
}

describe('an operation in which one learner cannot be written', () => {
  it('an operation that cannot write one learner may reject with some_failed that names only this learner', () => {
    expect(checkRejected(failing(apply, ['x', 'y']), someFailed(['x']))).toBe('done');
    expect(() => checkRejected(failing(apply, ['x', 'y']), someFailed(['x', 'y']))).toThrow(/set aside/);
    expect(() => checkResolved(failing(apply, ['x', 'y']), outcomeOf())).toThrow(/resolved although "x"/);
  });

  it('an operation that evaluates only a failing learner may reject with the error of this learner', () => {
    expect(checkRejected(failing(apply, ['x']), failedWrite)).toBe('done');
    expect(() => checkRejected(failing(apply, ['x']), someFailed(['x']))).toThrow(/evaluated one learner/);
    expect(() => checkRejected(failing(apply, ['x', 'y']), failedWrite)).toThrow(/evaluated several/);
  });

  it('an operation that cannot write one learner may not leave work', () => {
    const failed = failing(apply, ['x', 'y']);
    failed.observed.recordCommit(workOf('another'));
    expect(() => checkRejected(failed, someFailed(['x']))).toThrow(/left work/);
    const outstanding = [{ operation: 'earlier', error: new Error('other') }];
    expect(() =>
      checkRejected(failing(apply, ['x', 'y']), someFailed(['x'], outcomeOf({ operation: 'edit', outstanding }))),
    ).toThrow(/outstanding/);
  });
});

describe('an operation that lost a connection', () => {
  const lost = (step: LibraryStep) => {
    const struck = operation(step, { struck: true });
    const { thrown: cause } = struck.injector;
    return { struck, error: new SmartEnrolmentsError('repository_failed', { method: 'catalog.load' }, { cause }) };
  };

  it('an operation that lost a connection may resolve only if it is an edit that reports the work that stopped', () => {
    const { struck, error } = lost(apply);
    expect(() => checkResolved(struck, outcomeOf())).toThrow(/resolved although a repository/);
    expect(checkResolved(struck, outcomeOf({ outstanding: [{ operation: 'earlier', error }] }))).toBe('done');
    expect(() =>
      checkResolved(lost(reconcile).struck, outcomeOf({ outstanding: [{ operation: 'earlier', error }] })),
    ).toThrow();
  });

  it('an operation that lost a connection may reject with this error, or with work_outstanding for courses of that work', () => {
    const { struck, error } = lost(apply);
    expect(checkRejected(struck, error)).toBe('retry');
    const outstanding = (courses: string[]) =>
      new SmartEnrolmentsError('work_outstanding', { operation: 'earlier', courses }, { cause: error });
    struck.observed.coursesOfWork.set('earlier', ['c', 'd']);
    expect(checkRejected(struck, outstanding(['c']))).toBe('retry');
    for (const courses of [['c', 'e'], []])
      expect(() => checkRejected(struck, outstanding(courses))).toThrow(/other courses/);
    expect(() => checkRejected({ ...struck, step: reconcile }, outstanding(['c']))).toThrow(/other courses/);
    const other = new SmartEnrolmentsError('repository_failed', { method: 'catalog.load' }, { cause: own });
    expect(() => checkRejected(struck, other)).toThrow(other);
  });

  it('an operation that lost a connection may not make a further call', () => {
    const { struck, error } = lost(reconcile);
    struck.observed.hasCalledAfterFault = true;
    expect(() => checkRejected(struck, error)).toThrow(/went on/);
  });
});

it('an operation lists learners who could not be read as blocked', () => {
  const read = operation(reconcile);
  read.observed.recordUnreadable(['x']);
  expect(() => checkResolved(read, outcomeOf())).toThrow(/does not list "x" as blocked/);
  expect(checkResolved(read, outcomeOf({}, [{ kind: 'invalid-learner', learnerId: 'x', reason: 'unreadable' }]))).toBe(
    'done',
  );
});

it('only an edit may be refused or end in a conflict', () => {
  const refusal = new SmartEnrolmentsError('unknown_segment', { segmentIds: ['s'] });
  const conflict = new SmartEnrolmentsError('catalog_conflict', { expected: 1, found: 2 });
  expect(checkRejected(operation(apply), refusal)).toBe('refused');
  expect(checkRejected(operation(apply), conflict)).toBe('conflict');
  expect(() => checkRejected(operation(reconcile), refusal)).toThrow(refusal);
  expect(() => checkRejected(operation(apply), failedWrite)).toThrow(failedWrite);
});
