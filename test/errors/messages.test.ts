import { expect, it } from 'vitest';
import { type ErrorCode, type ErrorDetails, SmartEnrolmentsError } from '../../src/errors/smart-enrolments-error.js';

const messageOf = <Code extends ErrorCode>(code: Code, details: ErrorDetails[Code]): string =>
  new SmartEnrolmentsError(code, details).message;

const issue = (message: string, ...path: (string | number)[]) => ({ code: 'wrong_type', path, message }) as const;
const over = [
  { limit: 'unenrolments', allowed: 0, found: 1 },
  { limit: 'archives', allowed: 1, found: 2 },
] as const;
const many = (word: string) => Array.from({ length: 11 }, (_, i) => `${word}${i}`);
const tenOf = (word: string) => many(word).slice(0, 10);
const quoted = (ids: readonly string[]) => ids.map((id) => `"${id}"`).join(', ');

it('invalid_input lists the first ten issues with their paths', () => {
  expect(messageOf('invalid_input', { issues: [issue('no.', 'edits', 0, 'link'), issue('no!'), issue('so', 3)] })).toBe(
    'Invalid input; nothing was changed:\n- edits[0].link: no.\n- the argument: no!\n- [3]: so',
  );
  const issues = many('i').map((message) => issue(message, 'a'));
  expect(messageOf('invalid_input', { issues: issues.slice(0, 10) })).toBe(
    `Invalid input; nothing was changed:${tenOf('\n- a: i').join('')}`,
  );
  expect(messageOf('invalid_input', { issues })).toBe(
    `Invalid input; nothing was changed:${tenOf('\n- a: i').join('')}\n- and 1 more in details.issues`,
  );
});

it('messages of unknown ids list the ids', () => {
  expect(messageOf('unknown_segment', { segmentIds: ['s', 't'] })).toBe(
    'Unknown segments "s", "t". Create them first or in the same list of edits, or leave out the edits that name them.',
  );
  expect(messageOf('unknown_segment', { segmentIds: ['s'] })).toBe(
    'Unknown segment "s". Create it first or in the same list of edits, or leave out the edits that name it.',
  );
  expect(messageOf('unknown_course', { courseIds: ['c'] })).toBe(
    'Unknown course "c". Only courses that catalog.load() returns can be linked; store it first.',
  );
  expect(messageOf('unknown_link', { linkIds: ['l'] })).toBe(
    'Unknown link "l". Load the catalog again: the link may have been removed already.',
  );
  expect(messageOf('unknown_link', { linkIds: many('l') })).toBe(
    `Unknown links ${quoted(tenOf('l'))} and 1 more. Load the catalog again: the links may have been removed already.`,
  );
});

it('messages of refused edits name the ids and the fix', () => {
  const courses = ['c', 'd'].map((courseId) => ({ courseId, enrolmentMethod: 'open' }));
  expect(messageOf('course_not_by_assignment', { courses })).toBe(
    'Cannot link courses "c", "d": the enrolment method is not "by-assignment-only". Change the method first.',
  );
  expect(messageOf('rule_cycle', { segmentIds: ['s', 't'] })).toBe(
    'The rules of these segments form a cycle: "s", "t", "s". Remove one of the references.',
  );
  expect(
    messageOf('segment_in_use', {
      segments: [
        { segmentId: 's', links: ['l', 'm'], segments: [] },
        { segmentId: 't', links: [], segments: ['u', 'v'] },
        { segmentId: 'w', links: ['l'], segments: ['u'] },
      ],
    }),
  ).toBe(
    'Cannot delete segments "s" (used by links "l", "m"), "t" (used by the rules of segments "u", "v"), ' +
      '"w" (used by link "l" and the rules of segment "u"). Remove the links and edit the rules first, or in the same list of edits.',
  );
});

it('duplicate_link distinguishes a repeated link from an id that is in use', () => {
  const taken = { linkId: 'l', existing: 'l' };
  const repeated = many('r').map((linkId) => ({ linkId, existing: 'm' }));
  const choose = 'choose an id that is free';
  const leaveOut =
    'leave out the new link, or unlink the old one in the same list of edits, which ends no enrolment and archives no training record';
  expect(messageOf('duplicate_link', { links: [taken] })).toBe(
    `Duplicate link: "l" (another segment or course has a link of this id). To fix this, ${choose}.`,
  );
  expect(messageOf('duplicate_link', { links: repeated.slice(0, 2) })).toBe(
    `Duplicate links: "r0" (same segment, course and rule as "m"), "r1" (same segment, course and rule as "m"). To fix this, ${leaveOut}.`,
  );
  expect(messageOf('duplicate_link', { links: repeated.slice(0, 10) })).not.toContain('more');
  const nine = tenOf('r').slice(0, 9);
  expect(messageOf('duplicate_link', { links: [taken, ...repeated] })).toBe(
    `Duplicate links: "l" (another segment or course has a link of this id), ${nine
      .map((id) => `"${id}" (same segment, course and rule as "m")`)
      .join(', ')} and 2 more. To fix this, ${choose}; or ${leaveOut}.`,
  );
});

it('messages of a conflict and of a stale plan state what changed', () => {
  expect(messageOf('catalog_conflict', { expected: 3, found: 4 })).toBe(
    'Catalog conflict: expected revision 3, found 4. Another commit changed the catalog. Nothing was changed; load the catalog again and retry.',
  );
  expect(messageOf('plan_stale', { changed: 'catalog', planned: 'p' })).toBe(
    'The plan is stale: the catalog was edited after the preview. Nothing was changed; preview the edits again.',
  );
  expect(messageOf('plan_stale', { changed: 'diff', planned: 'p', found: 'q' })).toBe(
    'The plan is stale: the learners, the courses, the fields or the plan itself have changed, so it would have another result than the preview. Nothing was changed; preview the edits again.',
  );
  expect(messageOf('plan_stale', { changed: 'format', planned: 'p' })).toBe(
    'The plan cannot be read: another version of the library made it, or it was changed. Nothing was changed; preview the edits again.',
  );
});

it('removal_limit counts the removals and explains how to continue', () => {
  const found = 'end 1 enrolment and archive 2 training records; the limits are 0 and 1';
  expect(messageOf('removal_limit', { operation: 'apply', exceeded: over, fingerprint: 'f' })).toBe(
    `apply would ${found}. Nothing was changed; if this is intended, call apply with confirm: "f".`,
  );
  expect(messageOf('removal_limit', { operation: 'settle', exceeded: over.slice(0, 1), fingerprint: 'f' })).toBe(
    'settle would end 1 enrolment; the limit is 0. Nothing was changed; if this is intended, call settle with confirm: "f".',
  );
  expect(messageOf('removal_limit', { operation: 'apply', exceeded: over, fingerprint: 'f', confirmed: 'e' })).toBe(
    `apply would ${found}. The confirmed fingerprint "e" does not match what apply would do now. Nothing was changed; if this is intended, call apply with confirm: "f".`,
  );
  const stopped = (operation: ErrorDetails['removal_limit']['operation']) =>
    messageOf('removal_limit', { operation, exceeded: over });
  for (const operation of ['apply', 'settle'] as const) {
    expect(stopped(operation)).toBe(
      `${operation} stopped: with its next batch it would ${found}. Data has changed since the check. Earlier batches are committed; call settle() to continue.`,
    );
  }
  for (const operation of ['learnersChanged', 'reconcile'] as const) {
    expect(stopped(operation)).toBe(
      `${operation} stopped: with its next batch it would ${found}. Data has changed since the check. Earlier batches are committed; call ${operation} again to continue.`,
    );
  }
});

it('messages of repository errors state what is stored', () => {
  const after = 'Only what was committed has changed; fix the cause and try again, or call settle() after an edit.';
  const failed = (cause: unknown) =>
    new SmartEnrolmentsError('repository_failed', { method: 'learners.get' }, { cause }).message;
  expect(failed(new Error('the pool is full'))).toBe(`learners.get failed: the pool is full. ${after}`);
  expect(failed('No way!')).toBe(`learners.get failed: No way! ${after}`);
  expect(failed(new Error('x'.repeat(501)))).toBe(`learners.get failed: ${'x'.repeat(500)}… ${after}`);
  expect(failed(new Error('😀'.repeat(501)))).toBe(`learners.get failed: ${'😀'.repeat(500)}… ${after}`);
  const unreadable = Object.defineProperty({}, 'message', {
    get() {
      throw new Error('no');
    },
  });
  for (const cause of [undefined, null, 7, {}, new Error(' '), { message: 7 }, unreadable]) {
    expect(failed(cause)).toBe(`learners.get failed. ${after}`);
  }
  expect(messageOf('contract_broken', { method: 'learners.get', promise: 'It ends.' })).toBe(
    'learners.get broke its contract: It ends. Nothing of this batch was changed; fix the adapter, then run the operation again, or call settle() after an edit.',
  );
  expect(messageOf('contract_broken', { method: 'enrolments.write', promise: 'It ends.' })).toBe(
    'enrolments.write broke its contract: It ends. The write may or may not be stored; fix the adapter, then call settle() and reconcile().',
  );
});
