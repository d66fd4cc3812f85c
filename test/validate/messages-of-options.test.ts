import { expect, it } from 'vitest';
import { createMemoryRepositories } from '../../src/memory/index.js';
import {
  parseCatalog,
  parseOptions,
  parseReconcileOptions,
  parseRepositories,
  parseRunOptions,
} from '../../src/validate/parse.js';
import { issuesOf } from './issues-of.js';

const COURSE = { id: 'c', enrolmentMethod: 'open' };
const WORK = {
  operation: { id: 'o', kind: 'apply', at: '2026-03-01T09:00:00.000Z', revision: 1 },
  ...{ links: [], courses: [], removedLinks: [], ranges: [{ pass: 'audience' }] },
};

const cases: readonly [parser: (value: unknown) => unknown, value: unknown, expected: readonly string[]][] = [
  [parseRunOptions, null, ['wrong_type : expected options (an object), not null']],
  [parseRunOptions, 7, ['wrong_type : expected options (an object), not 7']],
  [
    parseRunOptions,
    { signal: {}, onProgress: 1, onDiff: 'x', confirm: true, courses: [] },
    [
      'wrong_type signal: expected an AbortSignal, not an object',
      'wrong_type onProgress: expected a function, not 1',
      'wrong_type onDiff: expected a function, not text',
      'wrong_type confirm: expected an id (text), not a boolean',
      'unknown_key courses: unknown key',
    ],
  ],
  [parseReconcileOptions, null, ['wrong_type : expected options (an object), not null']],
  [
    parseReconcileOptions,
    { courses: ['c', 1], after: 1, upTo: null, more: 1 },
    [
      'wrong_type after: expected an id (text), not 1',
      'wrong_type upTo: expected an id (text), not null',
      'wrong_type courses.1: expected an id (text), not 1',
      'unknown_key more: unknown key',
    ],
  ],
  [parseReconcileOptions, { courses: 'c' }, ['wrong_type courses: expected a list, not text']],
  [
    parseReconcileOptions,
    { courses: new Array(100_001).fill('c') },
    ['too_long courses: at most 100,000 entries are allowed, not 100,001'],
  ],
  [parseOptions, null, ['wrong_type : expected options (an object), not null']],
  [parseOptions, 'x', ['wrong_type : expected options (an object), not text']],
  [
    parseOptions,
    { inactive: 'drop', limits: 5, batchSize: 0, limit: 1 },
    [
      'wrong_type inactive: expected "freeze" or "unenrol", not text',
      'wrong_type limits: expected limits (an object), not 5',
      'wrong_type batchSize: expected a whole number from 1 to 10,000, not 0',
      'unknown_key limit: unknown key',
    ],
  ],
  [
    parseOptions,
    { limits: { unenrolments: -1, archives: 1.5, starts: 1 }, batchSize: 10_001 },
    [
      'wrong_type limits.unenrolments: expected a count (0, 1, 2, …), not -1',
      'wrong_type limits.archives: expected a count (0, 1, 2, …), not 1.5',
      'unknown_key limits.starts: unknown key',
      'wrong_type batchSize: expected a whole number from 1 to 10,000, not 10001',
    ],
  ],
  [
    parseOptions,
    { limits: { unenrolments: 'x', archives: { fraction: 1.1, atLeast: -1, more: 1 } }, batchSize: 1.5 },
    [
      'wrong_type limits.unenrolments: expected a limit: a count, or { fraction: 0 to 1, atLeast?: a count }, not text',
      'wrong_type limits.archives.fraction: expected a fraction from 0 to 1, not 1.1',
      'wrong_type limits.archives.atLeast: expected a count (0, 1, 2, …), not -1',
      'unknown_key limits.archives.more: unknown key',
      'wrong_type batchSize: expected a whole number from 1 to 10,000, not 1.5',
    ],
  ],
  [
    parseOptions,
    { limits: { unenrolments: { atLeast: 0.5 }, archives: { fraction: -0.1 } } },
    [
      'wrong_type limits.unenrolments.fraction: expected a fraction from 0 to 1, not nothing',
      'wrong_type limits.unenrolments.atLeast: expected a count (0, 1, 2, …), not 0.5',
      'wrong_type limits.archives.fraction: expected a fraction from 0 to 1, not -0.1',
    ],
  ],
  [
    parseRepositories,
    null,
    ['wrong_type : expected repositories: { catalog, learners, enrolments, transaction }, not null'],
  ],
  [
    parseRepositories,
    { catalog: {}, learners: null, enrolments: { read: 1 } },
    [
      'wrong_type catalog.load: expected a method, not nothing',
      'wrong_type catalog.commit: expected a method, not nothing',
      'wrong_type catalog.settled: expected a method, not nothing',
      'wrong_type learners.get: expected a method, not nothing',
      'wrong_type learners.page: expected a method, not nothing',
      'wrong_type enrolments.read: expected a method, not 1',
      'wrong_type enrolments.holders: expected a method, not nothing',
      'wrong_type enrolments.write: expected a method, not nothing',
      'wrong_type transaction: expected a method, not nothing',
    ],
  ],
  ...(
    [
      [0, '0'],
      [1.5, '1.5'],
      [101, '101'],
      ['2', 'text'],
      [null, 'null'],
    ] as const
  ).map(([concurrency, found]): (typeof cases)[number] => [
    parseRepositories,
    { ...createMemoryRepositories(), concurrency },
    [`wrong_type concurrency: expected a whole number from 1 to 100, not ${found}`],
  ]),
  [parseCatalog, null, ['wrong_type : expected a catalog, not null']],
  [
    parseCatalog,
    {},
    [
      'wrong_type revision: expected a count of commits (0, 1, 2, …)',
      'wrong_type courses: expected a list, not nothing',
      'wrong_type segments: expected a list, not nothing',
      'wrong_type links: expected a list, not nothing',
      'wrong_type unsettled: expected a list, not nothing',
    ],
  ],
  [
    parseCatalog,
    {
      revision: -1,
      fields: [{ id: 1, title: 2, type: 'x' }],
      courses: [{ title: 1 }],
      segments: [{ rule: 1 }],
      links: [{ rule: 1 }],
      unsettled: [{ operation: { revision: 1.5 }, links: 1, courses: [1], ranges: [{ after: 1, pass: 'x' }] }],
    },
    [
      'wrong_type revision: expected a count of commits (0, 1, 2, …)',
      'wrong_type fields.0.id: expected text, not 1',
      'wrong_type fields.0.title: expected text, not 2',
      'wrong_type fields.0.type: expected one of text, number, boolean, date',
      'wrong_type courses.0.id: expected text, not nothing',
      'wrong_type courses.0.title: expected text, not 1',
      'wrong_type courses.0.enrolmentMethod: expected text, not nothing',
      'wrong_type segments.0.id: expected text, not nothing',
      'wrong_type segments.0.title: expected text, not nothing',
      'wrong_type segments.0.rule: expected a rule, not 1',
      'wrong_type links.0.id: expected text, not nothing',
      'wrong_type links.0.segmentId: expected text, not nothing',
      'wrong_type links.0.courseId: expected text, not nothing',
      'wrong_type links.0.rule: expected a rule, not 1',
      'wrong_type unsettled.0.operation.id: expected text, not nothing',
      'wrong_type unsettled.0.operation.kind: expected text, not nothing',
      'wrong_type unsettled.0.operation.at: expected text, not nothing',
      'wrong_type unsettled.0.operation.revision: expected a count of commits (0, 1, 2, …)',
      'wrong_type unsettled.0.links: expected a list of ids, not 1',
      'wrong_type unsettled.0.courses: expected only text in it',
      'wrong_type unsettled.0.removedLinks: expected a list of links, not nothing',
      'wrong_type unsettled.0.ranges.0.after: expected text, not 1',
      'wrong_type unsettled.0.ranges.0.pass: expected "holders" or "audience"',
    ],
  ],
  [
    parseCatalog,
    { revision: 0.5, fields: null, courses: [null, []], segments: 1, links: 'l', unsettled: {} },
    [
      'wrong_type revision: expected a count of commits (0, 1, 2, …)',
      'wrong_type fields: expected a list, not null',
      'wrong_type courses.0: expected an object, not null',
      'wrong_type courses.1: expected an object, not a list',
      'wrong_type segments: expected a list, not 1',
      'wrong_type links: expected a list, not text',
      'wrong_type unsettled: expected a list, not an object',
    ],
  ],
  [
    parseCatalog,
    { revision: 0, courses: [COURSE, COURSE], segments: [], links: [], unsettled: [WORK, WORK] },
    [
      'duplicate courses.1.id: another of the courses has the same id',
      'duplicate unsettled.1.operation: another of the unsettled has the same operation',
    ],
  ],
];

it.each(cases)(
  'issues of options, repositories and catalogs have their full message and path: %#',
  (parser, value, expected) => {
    const lines = issuesOf(() => parser(value)).map(
      ({ code, path, message }) => `${code} ${path.join('.')}: ${message}`,
    );
    expect(lines).toEqual(expected);
  },
);
