import { expect, it } from 'vitest';
import { type ErrorCode, type ErrorDetails, SmartEnrolmentsError } from '../../src/errors.js';

/** What an error says, in full. */
const says = <Code extends ErrorCode>(code: Code, details: ErrorDetails[Code]): string =>
  new SmartEnrolmentsError(code, details).message;

const issue = (message: string, ...path: (string | number)[]) => ({ code: 'wrong_type', path, message }) as const;
const over = [
  { limit: 'unenrolments', allowed: 0, found: 1 },
  { limit: 'archives', allowed: 1, found: 2 },
] as const;
const many = (word: string) => Array.from({ length: 11 }, (_, i) => `${word}${i}`);
const tenOf = (word: string) => many(word).slice(0, 10);
const quoted = (ids: readonly string[]) => ids.map((id) => `"${id}"`).join(', ');

it('lists issues and where they are, the first ten', () => {
  expect(says('invalid_input', { issues: [issue('no.', 'edits', 0, 'link'), issue('no!'), issue('so', 3)] })).toBe(
    'Nothing was done, because the input is not valid:\n- edits[0].link: no.\n- the argument: no!\n- [3]: so',
  );
  const issues = many('i').map((message) => issue(message, 'a'));
  expect(says('invalid_input', { issues: issues.slice(0, 10) })).toBe(
    `Nothing was done, because the input is not valid:${tenOf('\n- a: i').join('')}`,
  );
  expect(says('invalid_input', { issues })).toBe(
    `Nothing was done, because the input is not valid:${tenOf('\n- a: i').join('')}\n- and 1 more in details.issues`,
  );
});

it('names what is unknown', () => {
  expect(says('unknown_segment', { segmentIds: ['s', 't'] })).toBe(
    'No segment has the id "s", "t". One that is referred to is saved first, or in the same list of edits; one that is gone needs no deleting.',
  );
  expect(says('unknown_course', { courseIds: ['c'] })).toBe(
    'No course has the id "c". Only courses that catalog.load() answers can be linked.',
  );
  expect(says('unknown_link', { linkIds: many('l') })).toBe(
    `No link has the id ${quoted(tenOf('l'))} and 1 more. It may have been removed already; load the catalog again.`,
  );
});

it('names what cannot be done to the catalog', () => {
  const courses = ['c', 'd'].map((courseId) => ({ courseId, enrolmentMethod: 'open' }));
  expect(says('course_not_by_assignment', { courses })).toBe(
    'Only courses whose enrolment method is "by-assignment-only" can be linked; change the method of "c", "d" first.',
  );
  expect(says('rule_cycle', { segmentIds: ['s', 't'] })).toBe(
    'The rules of these segments refer to each other in a circle: "s", "t", "s". Remove one of the references.',
  );
  expect(
    says('segment_in_use', {
      segments: [
        { segmentId: 's', links: ['l', 'm'], segments: [] },
        { segmentId: 't', links: [], segments: ['u', 'v'] },
        { segmentId: 'w', links: ['l'], segments: ['u'] },
      ],
    }),
  ).toBe(
    'A segment that is referred to cannot be deleted: "s" (by links "l", "m"); "t" (by the rules of "u", "v"); ' +
      '"w" (by links "l" and the rules of "u"). Unlink the links and edit the rules first, or in the same list of edits.',
  );
});

it('tells a link that repeats another from an id that is taken', () => {
  const taken = { linkId: 'l', existing: 'l' };
  const repeated = many('r').map((linkId) => ({ linkId, existing: 'm' }));
  expect(says('duplicate_link', { links: [taken] })).toBe(
    'The id "l" names a link of another segment or course; use another id.',
  );
  expect(says('duplicate_link', { links: repeated.slice(0, 2) })).toBe(
    'A segment, course and rule are linked once: "r0" repeats "m", "r1" repeats "m". Leave the new one out, or unlink the old one in the same list of edits: then nobody is unenrolled and nothing is archived.',
  );
  expect(says('duplicate_link', { links: repeated.slice(0, 10) })).not.toContain('more');
  expect(says('duplicate_link', { links: [...repeated, taken] })).toBe(
    'The id "l" names a link of another segment or course; use another id. A segment, course and rule are linked once: ' +
      `${tenOf('r')
        .map((id) => `"${id}" repeats "m"`)
        .join(
          ', ',
        )} and 1 more. Leave the new one out, or unlink the old one in the same list of edits: then nobody is unenrolled and nothing is archived.`,
  );
});

it('says of a conflict and of a stale plan what changed', () => {
  expect(says('catalog_conflict', { expected: 3, found: 4 })).toBe(
    'The catalog was at revision 4 where 3 was expected: somebody else committed meanwhile. Try again on what stands now.',
  );
  expect(says('plan_stale', { changed: 'catalog', planned: 'p' })).toBe(
    'The catalog has changed since this plan was previewed. Nothing of it was done; preview the edits again.',
  );
  expect(says('plan_stale', { changed: 'diff', planned: 'p', found: 'q' })).toBe(
    'What it would do is no longer what was previewed: the learners, the courses or the plan itself have changed. Nothing of it was done; preview the edits again.',
  );
  expect(says('plan_stale', { changed: 'format', planned: 'p' })).toBe(
    'This plan cannot be read: another version of the library made it, or it was changed. Nothing of it was done; preview the edits again.',
  );
});

it('counts what a limit stopped, one or more of it, and says how to go on', () => {
  const found = '1 unenrolment where 0 are allowed and 2 archives where 1 is allowed';
  expect(says('removal_limit', { operation: 'apply', exceeded: over, fingerprint: 'f' })).toBe(
    `apply would mean ${found}. Nothing was done; if this is intended, call apply with confirm: "f".`,
  );
  expect(says('removal_limit', { operation: 'apply', exceeded: over, fingerprint: 'f', confirmed: 'e' })).toBe(
    `apply would mean ${found}. What was confirmed, "e", is not what it would do now. Nothing was done; if this is intended, call apply with confirm: "f".`,
  );
  const stopped = (operation: ErrorDetails['removal_limit']['operation']) =>
    says('removal_limit', { operation, exceeded: over });
  for (const operation of ['apply', 'settle'] as const) {
    expect(stopped(operation)).toBe(
      `${operation} stopped before a batch that would have meant ${found}: more than when it was checked. What was done stands; settle() goes on with the rest.`,
    );
  }
  for (const operation of ['learnersChanged', 'reconcile'] as const) {
    expect(stopped(operation)).toBe(
      `${operation} stopped before a batch that would have meant ${found}: more than when it was checked. What was done stands; run it again for the rest.`,
    );
  }
});

it('says of a repository what it did, and what of this stands', () => {
  const after = 'What was not committed is not changed; mend it and try again, or call settle() after an edit.';
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
  expect(says('contract_broken', { method: 'learners.get', promise: 'It ends.' })).toBe(
    'learners.get broke a promise of its interface: It ends. Nothing of this batch was changed; mend the adapter, then run the operation again, or settle() after an edit.',
  );
  expect(says('contract_broken', { method: 'enrolments.write', promise: 'It ends.' })).toBe(
    'enrolments.write broke a promise of its interface: It ends. What it was to write may be stored or not; mend the adapter, then call settle() and reconcile().',
  );
});
