import { expect, it } from 'vitest';
import * as parsers from '../../src/validate/parse.js';

const rule = {
  all: [{ any: [{ field: 'a', op: 'in', value: ['x'] }] }, { not: { segment: 's' } }, { everyone: true }],
};
const edits = [
  { type: 'saveSegment', segment: { id: 's', title: 'S', rule } },
  { type: 'link', link: { id: 'l', segmentId: 's', courseId: 'c', rule } },
  { type: 'unlink', linkId: 'm' },
  { type: 'deleteSegment', segmentId: 't' },
];
const limits = { unenrolments: 1, archives: { fraction: 0.5, atLeast: 1 } };

/** Every object in a value that can be changed. */
function unfrozen(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return [...(Object.isFrozen(value) ? [] : [value]), ...Object.values(value).flatMap(unfrozen)];
}

it.each([
  ['edits', parsers.parseEdits, edits],
  ['an edit', parsers.parseChange, edits[0]],
  ['a plan', parsers.parseChange, { format: 1, edits, revision: 1, undoes: 'o', fingerprint: 'f' }],
  [
    'learners',
    (learners: unknown) => parsers.parseWhatIf({ learners }).learners,
    [{ id: 'a', profile: { t: 'x', l: ['x', null] }, segments: ['s'], active: true }],
  ],
  ['a rule', parsers.parseRule, rule],
  ['options', parsers.parseOptions, { inactive: 'freeze', limits, batchSize: 5 }],
  ['options of an operation', parsers.parseRunOptions, { confirm: 'f' }],
  ['options of a reconcile', parsers.parseReconcileOptions, { courses: ['c'], after: 'a' }],
] as readonly [string, (value: unknown) => unknown, unknown][])(
  '%s cannot be changed once they are copied',
  (_, parser, value) => {
    const copy = parser(value);
    expect(copy).toEqual(Array.isArray(copy) && !Array.isArray(value) ? [value] : value);
    expect(unfrozen(copy)).toEqual([]);
  },
);

it('options with callbacks are frozen too', () => {
  const options = parsers.parseRunOptions({ onDiff: async () => undefined });
  expect(Object.isFrozen(options)).toBe(true);
  expect(Object.keys(options)).toEqual(['onDiff']);
  expect(Object.keys(parsers.parseRunOptions({ onProgress: () => undefined }))).toEqual(['onProgress']);
});
