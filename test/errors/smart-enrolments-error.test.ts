import { describe, expect, it } from 'vitest';
import {
  type ErrorCode,
  type ErrorDetails,
  isSmartEnrolmentsError,
  SmartEnrolmentsError,
} from '../../src/errors/smart-enrolments-error.js';
import { Tally } from '../../src/reconcile/summary.js';

const issue = { code: 'wrong_type', path: ['a', 0, 'b'], message: 'this is not text' } as const;
const over = [
  { limit: 'unenrolments', allowed: 1, found: 2 },
  { limit: 'archives', allowed: 0, found: 3 },
] as const;

const summary = new Tally().summary();
const nothing = { revision: 0, summary, outstanding: [] };

/** For each code: its details, and parts of its message. */
const cases: { [Code in ErrorCode]: [ErrorDetails[Code], ...string[]][] } = {
  invalid_input: [
    [{ issues: [issue] }, 'Invalid input', '\n- a[0].b: this is not text'],
    [{ issues: [{ ...issue, path: [] }] }, '\n- the argument: '],
    [{ issues: [{ ...issue, path: [2, 'c'] }] }, '\n- [2].c: '],
    [{ issues: Array(10).fill(issue) }, '- a[0].b'],
    [{ issues: Array(12).fill(issue) }, 'and 2 more in details.issues'],
  ],
  unknown_segment: [
    [{ segmentIds: ['s', 't'] }, 'segments "s", "t". Create them first', 'leave out the edits that name them'],
  ],
  unknown_course: [[{ courseIds: ['c'] }, 'course "c"', 'catalog.load()', 'store it first']],
  unknown_link: [[{ linkIds: ['l'] }, 'link "l"', 'Load the catalog again']],
  course_not_by_assignment: [
    [
      { courses: [{ courseId: 'c', enrolmentMethod: 'open' }] },
      'Cannot link course "c"',
      '"by-assignment-only"',
      'Change the method',
    ],
  ],
  duplicate_link: [
    [{ links: [{ linkId: 'l', existing: 'm' }] }, '"l" (same segment, course and rule as "m").', 'unlink the old one'],
    [
      { links: [{ linkId: 'l', existing: 'l' }] },
      '"l" (another segment or course has a link of this id).',
      'choose an id that is free.',
    ],
    [
      {
        links: [
          { linkId: 'l', existing: 'l' },
          { linkId: 'n', existing: 'm' },
        ],
      },
      '"l" (another segment or course has a link of this id), "n" (same segment, course and rule as "m").',
      'choose an id that is free; or leave out the new link',
    ],
    [
      { links: Array(12).fill({ linkId: 'l', existing: 'm' }) },
      '(same segment, course and rule as "m") and 2 more. To fix',
    ],
  ],
  segment_in_use: [
    [
      { segments: [{ segmentId: 's', links: ['l'], segments: [] }] },
      'segment "s" (used by link "l").',
      'Remove the links',
    ],
    [{ segments: [{ segmentId: 's', links: [], segments: ['t'] }] }, '"s" (used by the rules of segment "t").'],
    [
      { segments: [{ segmentId: 's', links: ['l'], segments: ['t'] }] },
      '(used by link "l" and the rules of segment "t").',
    ],
  ],
  rule_cycle: [[{ segmentIds: ['s', 't'] }, '"s", "t", "s"', 'Remove one']],
  catalog_conflict: [[{ expected: 3, found: 4 }, 'expected revision 3, found 4', 'retry']],
  plan_stale: [
    [{ changed: 'catalog', planned: 'p' }, 'the catalog was edited', 'preview the edits again'],
    [{ changed: 'format', planned: 'p' }, 'cannot be read: another version', 'preview the edits again'],
    [{ changed: 'diff', planned: 'p', found: 'q' }, 'another result than the preview', 'preview the edits again'],
  ],
  removal_limit: [
    [
      { operation: 'apply', exceeded: over, fingerprint: 'f' },
      'apply would end 2 enrolments and archive 3 training records; the limits are 1 and 0.',
      'Nothing was changed',
      'confirm: "f"',
    ],
    [{ operation: 'apply', exceeded: over }, 'stopped: with its next batch', 'call settle() to continue'],
    [{ operation: 'settle', exceeded: over }, 'stopped: with its next batch', 'call settle() to continue'],
    [{ operation: 'learnersChanged', exceeded: over }, 'stopped:', 'call learnersChanged again'],
    [{ operation: 'reconcile', exceeded: over }, 'stopped:', 'call reconcile again'],
  ],
  some_failed: [
    [
      { failed: [{ learnerId: 'a', error: new Error('x') }], outcome: nothing },
      'Could not settle 1 learner: "a".',
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
        `${method} broke its contract: It ends. Nothing of this batch was changed; fix the adapter`,
      ],
    ),
    ...['catalog.commit', 'catalog.settled', 'enrolments.write', 'transaction'].map(
      (method): [ErrorDetails['contract_broken'], ...string[]] => [
        { method, promise: 'It ends.' },
        `${method} broke its contract: It ends. The write may or may not be stored; fix the adapter`,
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
  it.each(table)('the message of $code contains $parts', ({ code, details, parts }) => {
    const error = new SmartEnrolmentsError(code, details);
    for (const part of parts) expect(error.message).toContain(part);
    expect(error).toMatchObject({ name: 'SmartEnrolmentsError', code, details });
    expect(error).toBeInstanceOf(Error);
  });

  it('a message lists the first ten ids and counts the rest', () => {
    const ids = Array.from({ length: 12 }, (_, i) => `id-${i}`);
    const { message } = new SmartEnrolmentsError('unknown_link', { linkIds: ids });
    expect(message).toContain('"id-9" and 2 more');
    expect(message).not.toContain('id-10');
    const ten = new SmartEnrolmentsError('unknown_link', { linkIds: ids.slice(0, 10) });
    expect(ten.message).not.toContain('more');
  });

  it('segment_in_use lists the first ten segments', () => {
    const segments = Array.from({ length: 11 }, (_, i) => ({ segmentId: `s-${i}`, links: ['l'], segments: [] }));
    const { message } = new SmartEnrolmentsError('segment_in_use', { segments });
    expect(message).toContain('"s-9"');
    expect(message).not.toContain('"s-10"');
  });

  it('a long id is shortened in the message and complete in the details', () => {
    const id = 'x'.repeat(81);
    const error = new SmartEnrolmentsError('unknown_link', { linkIds: [id] });
    expect(error.message).toContain(`"${'x'.repeat(80)}…"`);
    expect(error.details.linkIds).toEqual([id]);
    const fits = 'x'.repeat(80);
    expect(new SmartEnrolmentsError('unknown_link', { linkIds: [fits] }).message).toContain(`"${fits}"`);
  });

  it("the host's error is the cause", () => {
    const cause = new Error('disk full');
    expect(new SmartEnrolmentsError('repository_failed', { method: 'm' }, { cause }).cause).toBe(cause);
    expect(new SmartEnrolmentsError('repository_failed', { method: 'm' })).not.toHaveProperty('cause');
  });
});

describe('isSmartEnrolmentsError', () => {
  const error = new SmartEnrolmentsError('unknown_link', { linkIds: [] });

  it('isSmartEnrolmentsError recognises an error by its code', () => {
    expect(isSmartEnrolmentsError(error)).toBe(true);
    expect(isSmartEnrolmentsError(error, 'unknown_link')).toBe(true);
    expect(isSmartEnrolmentsError(error, 'unknown_course')).toBe(false);
  });

  it('isSmartEnrolmentsError recognises an error of another copy of the library', () => {
    const foreign = Object.assign(new Error('x'), { code: 'rule_cycle', [Symbol.for('smart-enrolments.error')]: true });
    expect(isSmartEnrolmentsError(foreign, 'rule_cycle')).toBe(true);
  });

  it.each([undefined, null, 'text', 4, new Error('x'), { code: 'unknown_link' }, () => 1])(
    'isSmartEnrolmentsError returns false for %s',
    (other) => {
      expect(isSmartEnrolmentsError(other)).toBe(false);
    },
  );

  it('the symbol that marks an error is not enumerable', () => {
    expect(Object.keys(error).sort()).toEqual(['code', 'details', 'name']);
    expect(Object.getOwnPropertySymbols({ ...error })).toEqual([]);
  });
});
