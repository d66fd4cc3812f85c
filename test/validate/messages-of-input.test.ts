import { expect, it } from 'vitest';
import { parseChange, parseEdits, parseIds, parseWhatIf } from '../../src/validate/parse.js';
import { issuesOf } from './issues-of.js';

const cases: readonly [parser: (value: unknown) => unknown, value: unknown, expected: readonly string[]][] = [
  [parseEdits, undefined, ['wrong_type : expected an edit or a list of edits, not nothing']],
  [parseEdits, 'unlink', ['wrong_type : expected an edit or a list of edits, not text']],
  [
    parseEdits,
    [null, 7, 0.5],
    [
      'wrong_type 0: expected an edit, whose type is "saveSegment", "deleteSegment", "link" or "unlink", not null',
      'wrong_type 1: expected an edit, whose type is "saveSegment", "deleteSegment", "link" or "unlink", not 7',
      'wrong_type 2: expected an edit, whose type is "saveSegment", "deleteSegment", "link" or "unlink", not 0.5',
    ],
  ],
  [
    parseEdits,
    { type: 'remove' },
    ['wrong_type type: expected an edit, whose type is "saveSegment", "deleteSegment", "link" or "unlink", not text'],
  ],
  [
    parseEdits,
    { type: 'unlink', why: 1 },
    ['wrong_type linkId: expected an id (text), not nothing', 'unknown_key why: unknown key'],
  ],
  [
    parseEdits,
    { type: 'unlink', linkId: 'x'.repeat(1_001) },
    ['too_long linkId: at most 1,000 characters are allowed, not 1,001'],
  ],
  [parseEdits, { type: 'deleteSegment', segmentId: 7 }, ['wrong_type segmentId: expected an id (text), not 7']],
  [parseEdits, { type: 'saveSegment', segment: 's' }, ['wrong_type segment: expected a segment, not text']],
  [
    parseEdits,
    { type: 'saveSegment', segment: { id: 1, title: 'x'.repeat(10_001), rule: null } },
    [
      'wrong_type segment.id: expected an id (text), not 1',
      'too_long segment.title: at most 10,000 characters are allowed, not 10,001',
    ],
  ],
  [
    parseEdits,
    { type: 'saveSegment', segment: { id: 's', title: 1, rule: null } },
    ['wrong_type segment.title: expected text, not 1'],
  ],
  [
    parseEdits,
    { type: 'saveSegment', segment: { id: 's', title: 's', rule: 1, other: 2 } },
    ['unknown_key segment.other: unknown key', 'wrong_type segment.rule: expected a rule, not 1'],
  ],
  [
    parseEdits,
    { type: 'link', link: { id: {}, segmentId: [], rule: {} } },
    [
      'wrong_type link.id: expected an id (text), not an object',
      'wrong_type link.segmentId: expected an id (text), not a list',
      'wrong_type link.courseId: expected an id (text), not nothing',
      'wrong_type link.rule: expected a rule: an object with one of all, any, not, everyone, segment, field',
    ],
  ],
  [parseEdits, { type: 'link', link: null }, ['wrong_type link: expected a link, not null']],
  [
    parseEdits,
    new Array(100_001).fill(null),
    ['too_long : at most 100,000 edits are allowed, not 100,001: split them into several lists'],
  ],
  [parseChange, null, ['wrong_type : expected an edit or a list of edits, not null']],
  [parseChange, { edits: [] }, ['wrong_type fingerprint: expected an id (text), not nothing']],
  [parseChange, { format: 1, fingerprint: 1 }, ['wrong_type fingerprint: expected an id (text), not 1']],
  [parseWhatIf, 7, ['wrong_type : expected { learners?: learners, deleted?: ids }, not 7']],
  [
    parseWhatIf,
    { learners: 1, extra: 1 },
    ['unknown_key extra: unknown key', 'wrong_type learners: expected a list of learners, not 1'],
  ],
  [
    parseWhatIf,
    {
      learners: [
        1,
        {},
        { id: 1, profile: [] },
        { id: 'a', profile: { x: {}, y: [[1]], z: Number.NaN }, segments: [1], active: 'no', more: 1 },
      ],
    },
    [
      'wrong_type learners.0: expected a learner, not 1',
      'wrong_type learners.1.id: expected an id (text), not nothing',
      'wrong_type learners.1.profile: expected a profile (a plain object), not nothing',
      'wrong_type learners.2.id: expected an id (text), not 1',
      'wrong_type learners.2.profile: expected a profile (a plain object), not a list',
      'wrong_type learners.3.segments.0: expected an id (text), not 1',
      'wrong_type learners.3.active: expected true or false, not text',
      'unknown_key learners.3.more: unknown key',
      'wrong_type learners.3.profile.x: expected text, a finite number, a boolean or null, not an object',
      'wrong_type learners.3.profile.y.0: expected text, a finite number, a boolean or null, not a list',
      'wrong_type learners.3.profile.z: expected text, a finite number, a boolean or null, not a number that is not finite',
    ],
  ],
  [
    parseWhatIf,
    {
      learners: [
        { id: 'a', profile: {} },
        { id: 'a', profile: {} },
      ],
    },
    ['duplicate learners.1.id: this learner is already in the list'],
  ],
  [
    parseWhatIf,
    { learners: [{ id: 'a', profile: { t: 'x'.repeat(100_001), l: ['x'.repeat(100_001)] }, segments: 's' }] },
    [
      'wrong_type learners.0.segments: expected a list, not text',
      'too_long learners.0.profile.t: at most 100,000 characters are allowed, not 100,001',
      'too_long learners.0.profile.l.0: at most 100,000 characters are allowed, not 100,001',
    ],
  ],
  [
    parseWhatIf,
    { learners: [{ id: 'a', profile: { l: new Array(100_001).fill(1) }, segments: new Array(100_001).fill('s') }] },
    [
      'too_long learners.0.segments: at most 100,000 entries are allowed, not 100,001',
      'too_long learners.0.profile.l: at most 100,000 values are allowed, not 100,001',
    ],
  ],
  [
    parseWhatIf,
    {
      learners: [
        { id: 'a', profile: null },
        { id: 'b', profile: new Map() },
        { id: 'c', profile: 'p' },
      ],
    },
    [
      'wrong_type learners.0.profile: expected a profile (a plain object), not null',
      'wrong_type learners.1.profile: expected a profile (a plain object), not an object',
      'wrong_type learners.2.profile: expected a profile (a plain object), not text',
    ],
  ],
  [
    parseWhatIf,
    { learners: [{ id: 'a', profile: {} }], deleted: ['a', 1] },
    ['wrong_type deleted.1: expected an id (text), not 1', 'duplicate deleted.0: this learner is also in "learners"'],
  ],
  [
    parseEdits,
    { learners: [] },
    ['unknown_key learners: preview no longer takes learners: call previewLearners({ learners })'],
  ],
  [parseIds, 'a', ['wrong_type : expected a list of ids, not text']],
  [
    parseIds,
    [1, 'x'.repeat(1_001), null],
    [
      'wrong_type 0: expected an id (text), not 1',
      'too_long 1: at most 1,000 characters are allowed, not 1,001',
      'wrong_type 2: expected an id (text), not null',
    ],
  ],
];

it.each(cases)(
  'issues of edits, plans, learners and ids have their full message and path: %#',
  (parser, value, expected) => {
    const lines = issuesOf(() => parser(value)).map(
      ({ code, path, message }) => `${code} ${path.join('.')}: ${message}`,
    );
    expect(lines).toEqual(expected);
  },
);
