import { describe, expect, it } from 'vitest';
import { type ErrorCode, type ErrorDetails, isSmartEnrolmentsError, SmartEnrolmentsError } from '../src/errors.js';
import { Tally } from '../src/reconcile/summary.js';

const issue = { code: 'wrong_type', path: ['a', 0, 'b'], message: 'this is not text' } as const;
const over = [
  { limit: 'unenrolments', allowed: 1, found: 2 },
  { limit: 'archives', allowed: 0, found: 3 },
] as const;

const summary = new Tally().summary();
const nothing = { revision: 0, summary, outstanding: [] };

/** For each code its details, and what its message says: what, which ids, and what to do. */
const cases: { [Code in ErrorCode]: [ErrorDetails[Code], ...string[]][] } = {
  invalid_input: [
    [{ issues: [issue] }, 'not valid', '\n- a[0].b: this is not text'],
    [{ issues: [{ ...issue, path: [] }] }, '\n- the argument: '],
    [{ issues: [{ ...issue, path: [2, 'c'] }] }, '\n- [2].c: '],
    [{ issues: Array(10).fill(issue) }, '- a[0].b'],
    [{ issues: Array(12).fill(issue) }, 'and 2 more in details.issues'],
  ],
  unknown_segment: [[{ segmentIds: ['s', 't'] }, '"s", "t"', 'is saved first', 'needs no deleting']],
  unknown_course: [[{ courseIds: ['c'] }, '"c"', 'catalog.load()']],
  unknown_link: [[{ linkIds: ['l'] }, '"l"', 'load the catalog again']],
  course_not_by_assignment: [
    [{ courses: [{ courseId: 'c', enrolmentMethod: 'open' }] }, '"by-assignment-only"', 'change the method of "c"'],
  ],
  duplicate_link: [
    [{ links: [{ linkId: 'l', existing: 'm' }] }, '"l" repeats "m"', 'unlink the old one'],
    [{ links: [{ linkId: 'l', existing: 'l' }] }, 'id "l" names a link of another segment or course; use another id.'],
    [
      {
        links: [
          { linkId: 'l', existing: 'l' },
          { linkId: 'n', existing: 'm' },
        ],
      },
      'id "l" names',
      'linked once: "n" repeats "m". Leave',
    ],
    [{ links: Array(12).fill({ linkId: 'l', existing: 'm' }) }, '"l" repeats "m" and 2 more. Leave'],
  ],
  segment_in_use: [
    [{ segments: [{ segmentId: 's', links: ['l'], segments: [] }] }, '"s" (by links "l").', 'Unlink'],
    [{ segments: [{ segmentId: 's', links: [], segments: ['t'] }] }, '"s" (by the rules of "t").'],
    [{ segments: [{ segmentId: 's', links: ['l'], segments: ['t'] }] }, '(by links "l" and the rules of "t").'],
  ],
  rule_cycle: [[{ segmentIds: ['s', 't'] }, '"s", "t", "s"', 'Remove one']],
  catalog_conflict: [[{ expected: 3, found: 4 }, 'revision 4 where 3', 'Try again']],
  plan_stale: [
    [{ changed: 'catalog', planned: 'p' }, 'The catalog has changed', 'preview the edits again'],
    [{ changed: 'format', planned: 'p' }, 'cannot be read: another version', 'preview the edits again'],
    [{ changed: 'diff', planned: 'p', found: 'q' }, 'no longer what was previewed', 'preview the edits again'],
  ],
  removal_limit: [
    [
      { operation: 'apply', exceeded: over, fingerprint: 'f' },
      'apply would mean 2 unenrolments where 1 is allowed and 3 archives where 0 are allowed',
      'Nothing was done',
      'confirm: "f"',
    ],
    [{ operation: 'apply', exceeded: over }, 'stopped before', 'stands; settle() goes on'],
    [{ operation: 'settle', exceeded: over }, 'stopped before', 'stands; settle() goes on'],
    [{ operation: 'learnersChanged', exceeded: over }, 'stopped before', 'run it again'],
    [{ operation: 'reconcile', exceeded: over }, 'stopped before', 'run it again'],
  ],
  some_failed: [
    [
      { failed: [{ learnerId: 'a', error: new Error('x') }], outcome: nothing },
      '1 learner could not',
      '"a"',
      'call learnersChanged',
    ],
    [{ failed: Array(12).fill({ learnerId: 'a', error: 1 }), outcome: nothing }, '12 learners', '"a" and 2 more'],
  ],
  work_outstanding: [
    [
      { operation: 'o1', courses: ['c'] },
      'Nothing was changed',
      'operation "o1"',
      'course "c"',
      'call settle()',
      'other courses',
    ],
    [{ operation: 'o1', courses: ['c', 'd'] }, 'courses "c", "d"'],
  ],
  repository_failed: [[{ method: 'learners.get' }, 'learners.get failed', 'call settle()']],
  contract_broken: [
    ...['catalog.load', 'learners.get', 'learners.page', 'enrolments.read', 'enrolments.holders'].map(
      (method): [ErrorDetails['contract_broken'], ...string[]] => [
        { method, promise: 'It ends.' },
        `${method} broke a promise of its interface: It ends. Nothing of this batch was changed; mend the adapter`,
      ],
    ),
    ...['catalog.commit', 'catalog.settled', 'enrolments.write', 'transaction'].map(
      (method): [ErrorDetails['contract_broken'], ...string[]] => [
        { method, promise: 'It ends.' },
        `${method} broke a promise of its interface: It ends. What it was to write may be stored or not; mend the adapter`,
        'call settle() and reconcile()',
      ],
    ),
  ],
};

const table = Object.entries(cases).flatMap(([code, list]) =>
  (list as [ErrorDetails[ErrorCode], ...string[]][]).map(([details, ...parts]) => ({
    code: code as ErrorCode,
    details,
    parts,
  })),
);

describe('SmartEnrolmentsError', () => {
  it.each(table)('$code says $parts', ({ code, details, parts }) => {
    const error = new SmartEnrolmentsError(code, details);
    for (const part of parts) expect(error.message).toContain(part);
    expect(error).toMatchObject({ name: 'SmartEnrolmentsError', code, details });
    expect(error).toBeInstanceOf(Error);
  });

  it('names the first ten ids and how many more there are', () => {
    const ids = Array.from({ length: 12 }, (_, i) => `id-${i}`);
    const { message } = new SmartEnrolmentsError('unknown_link', { linkIds: ids });
    expect(message).toContain('"id-9" and 2 more');
    expect(message).not.toContain('id-10');
    const ten = new SmartEnrolmentsError('unknown_link', { linkIds: ids.slice(0, 10) });
    expect(ten.message).not.toContain('more');
  });

  it('names the first ten segments that are in use', () => {
    const segments = Array.from({ length: 11 }, (_, i) => ({ segmentId: `s-${i}`, links: ['l'], segments: [] }));
    const { message } = new SmartEnrolmentsError('segment_in_use', { segments });
    expect(message).toContain('"s-9"');
    expect(message).not.toContain('"s-10"');
  });

  it('shortens a long id in the message, not in the details', () => {
    const id = 'x'.repeat(81);
    const error = new SmartEnrolmentsError('unknown_link', { linkIds: [id] });
    expect(error.message).toContain(`"${'x'.repeat(80)}…"`);
    expect(error.details.linkIds).toEqual([id]);
    const fits = 'x'.repeat(80);
    expect(new SmartEnrolmentsError('unknown_link', { linkIds: [fits] }).message).toContain(`"${fits}"`);
  });

  it("keeps the host's error as its cause", () => {
    const cause = new Error('disk full');
    expect(new SmartEnrolmentsError('repository_failed', { method: 'm' }, { cause }).cause).toBe(cause);
    expect(new SmartEnrolmentsError('repository_failed', { method: 'm' })).not.toHaveProperty('cause');
  });
});

describe('isSmartEnrolmentsError', () => {
  const error = new SmartEnrolmentsError('unknown_link', { linkIds: [] });

  it('knows it by its code', () => {
    expect(isSmartEnrolmentsError(error)).toBe(true);
    expect(isSmartEnrolmentsError(error, 'unknown_link')).toBe(true);
    expect(isSmartEnrolmentsError(error, 'unknown_course')).toBe(false);
  });

  it('knows one of another copy of the library by the registered symbol', () => {
    const foreign = Object.assign(new Error('x'), { code: 'rule_cycle', [Symbol.for('smart-enrolments.error')]: true });
    expect(isSmartEnrolmentsError(foreign, 'rule_cycle')).toBe(true);
  });

  it.each([undefined, null, 'text', 4, new Error('x'), { code: 'unknown_link' }, () => 1])(
    'takes %s for no error of this library',
    (other) => {
      expect(isSmartEnrolmentsError(other)).toBe(false);
    },
  );

  it('is told by nothing that shows when the error is printed', () => {
    expect(Object.keys(error).sort()).toEqual(['code', 'details', 'name']);
    expect(Object.getOwnPropertySymbols({ ...error })).toEqual([]);
  });
});
