import { describe, expect, it, vi } from 'vitest';
import {
  parseExplainArguments,
  parseId,
  parseIds,
  parseOptions,
  parseReconcileOptions,
  parseRepositories,
  parseRunOptions,
  parseTogether,
} from '../../src/validate/parse.js';
import { issuesOf, linesOf } from './issues-of.js';

describe('options of an operation', () => {
  it('options of an operation may be absent', () => {
    expect(parseRunOptions(undefined)).toEqual({});
    expect(parseReconcileOptions(undefined)).toEqual({});
    expect(parseOptions(undefined)).toEqual({});
  });

  it('options keep the signal, and call callbacks on the object that was given', () => {
    const { signal } = new AbortController();
    const given = { signal, confirm: 'f', onProgress: vi.fn(), onDiff: vi.fn(async () => undefined) };
    const options = parseRunOptions(given);
    expect(options.signal).toBe(signal);
    expect(options.confirm).toBe('f');
    options.onProgress?.({ phase: 'check', looked: 1, changed: 0 });
    options.onDiff?.([]);
    expect(given.onProgress.mock.contexts).toEqual([given]);
    expect(given.onDiff.mock.contexts).toEqual([given]);
    expect(given.onProgress).toHaveBeenCalledWith({ phase: 'check', looked: 1, changed: 0 });
    expect(given.onDiff).toHaveBeenCalledWith([]);
  });

  it('options of a reconcile are copied', () => {
    const given = { after: '', upTo: 'z', courses: ['c'] };
    const options = parseReconcileOptions(given);
    given.courses.push('d');
    expect(options).toEqual({ after: '', upTo: 'z', courses: ['c'] });
  });

  it.each([
    ['null', null, ['wrong_type']],
    ['a signal that is none', { signal: {} }, ['wrong_type signal']],
    ['a signal of null', { signal: null }, ['wrong_type signal']],
    ['a signal that cannot be asked', { signal: { throwIfAborted: () => undefined } }, ['wrong_type signal']],
    ['a signal without methods', { signal: { aborted: true } }, ['wrong_type signal']],
    ['callbacks that are none', { onProgress: 1, onDiff: 'x' }, ['wrong_type onProgress', 'wrong_type onDiff']],
    ['a confirmation that is none', { confirm: true }, ['wrong_type confirm']],
    ['a key of another operation', { courses: [] }, ['unknown_key courses']],
  ])('options of an operation are rejected: %s', (_, options, lines) => {
    expect(linesOf(() => parseRunOptions(options))).toEqual(lines);
  });

  it.each([
    ['a course that is no id', { courses: ['c', 1] }, ['wrong_type courses.1']],
    ['courses that are none', { courses: 'c' }, ['wrong_type courses']],
    ['a range that is none', { after: 1, upTo: null }, ['wrong_type after', 'wrong_type upTo']],
  ])('options of a reconcile are rejected: %s', (_, options, lines) => {
    expect(linesOf(() => parseReconcileOptions(options))).toEqual(lines);
  });

  it('issues of options have a path of keys and indexes', () => {
    const [issue] = issuesOf(() => parseReconcileOptions({ courses: ['c', 1] }));
    expect(issue?.path).toEqual(['courses', 1]);
  });
});

describe('options of createSmartEnrolments', () => {
  it('options of createSmartEnrolments list the first 1,000 issues', () => {
    const unknown = Object.fromEntries(Array.from({ length: 1_001 }, (_, i) => [`key${i}`, i]));
    expect(linesOf(() => parseOptions(unknown))).toHaveLength(1_000);
  });

  it.each([
    [{}],
    [{ inactive: 'unenrol', limits: { unenrolments: 0, archives: { fraction: 0.5 } }, batchSize: 1 }],
    [{ inactive: 'freeze', limits: { archives: { fraction: 1, atLeast: 10 } }, batchSize: 10_000 }],
  ])('options of createSmartEnrolments are copied: %j', (options) => {
    expect(parseOptions(options)).toEqual(options);
    expect(parseOptions(options)).not.toBe(options);
  });

  it.each([
    ['a policy that there is not', { inactive: 'drop' }, ['wrong_type inactive']],
    ['a key that there is not', { limit: 1 }, ['unknown_key limit']],
    ['limits that are none', { limits: 5 }, ['wrong_type limits']],
    ['a limit that there is not', { limits: { starts: 1 } }, ['unknown_key limits.starts']],
    ['a negative count', { limits: { archives: -1 } }, ['wrong_type limits.archives']],
    ['a broken count', { limits: { archives: 1.5 } }, ['wrong_type limits.archives']],
    ['no number', { limits: { archives: Number.NaN } }, ['wrong_type limits.archives']],
    ['a limit that is text', { limits: { archives: '5' } }, ['wrong_type limits.archives']],
    ['a fraction above 1', { limits: { archives: { fraction: 1.1 } } }, ['wrong_type limits.archives.fraction']],
    ['no fraction', { limits: { archives: { atLeast: 1 } } }, ['wrong_type limits.archives.fraction']],
    ['a broken floor', { limits: { archives: { fraction: 0, atLeast: 0.5 } } }, ['wrong_type limits.archives.atLeast']],
    ['an empty batch', { batchSize: 0 }, ['wrong_type batchSize']],
    ['a huge batch', { batchSize: 10_001 }, ['wrong_type batchSize']],
    ['a broken batch', { batchSize: 1.5 }, ['wrong_type batchSize']],
  ])('options of createSmartEnrolments are rejected: %s', (_, options, lines) => {
    expect(linesOf(() => parseOptions(options))).toEqual(lines);
  });
});

describe('the other arguments', () => {
  it('the arguments of explain are ids', () => {
    expect(parseExplainArguments('a', '')).toEqual({ learnerId: 'a', courseId: '' });
    expect(linesOf(() => parseExplainArguments(1, undefined))).toEqual(['wrong_type learnerId', 'wrong_type courseId']);
  });

  it('the arguments of linkCourses are ids', () => {
    expect(parseId('s', 'segmentId')).toBe('s');
    expect(linesOf(() => parseId(undefined, 'segmentId'))).toEqual(['wrong_type segmentId']);
  });

  it('createSmartEnrolments lists every missing method of the repositories', () => {
    const method = async () => undefined;
    const repositories = {
      catalog: { load: method, commit: method, settled: method },
      learners: { get: method, page: method },
      enrolments: { read: method, holders: method, write: method },
      transaction: method,
      host: {},
    };
    expect(parseRepositories(repositories)).toBe(repositories);
    const callable = { ...repositories, learners: Object.assign(() => undefined, repositories.learners) };
    expect(parseRepositories(callable)).toBe(callable);
    expect(linesOf(() => parseRepositories(null))).toEqual(['wrong_type']);
    expect(linesOf(() => parseRepositories(7))).toEqual(['wrong_type']);
    const unusable = { ...repositories, catalog: undefined, learners: { get: 1 }, enrolments: null };
    expect(linesOf(() => parseRepositories(unusable))).toEqual([
      'wrong_type catalog.load',
      'wrong_type catalog.commit',
      'wrong_type catalog.settled',
      'wrong_type learners.get',
      'wrong_type learners.page',
      'wrong_type enrolments.read',
      'wrong_type enrolments.holders',
      'wrong_type enrolments.write',
    ]);
    expect(linesOf(() => parseRepositories({ ...repositories, transaction: undefined }))).toEqual([
      'wrong_type transaction',
    ]);
  });

  it('all arguments of createSmartEnrolments are checked together', () => {
    expect(
      parseTogether(
        () => parseIds(['a']),
        () => parseRunOptions({ confirm: 'f' }),
      ),
    ).toEqual([['a'], { confirm: 'f' }]);
    expect(
      linesOf(() =>
        parseTogether(
          () => parseIds([1]),
          () => parseRunOptions({ confirm: 2 }),
        ),
      ),
    ).toEqual(['wrong_type 0', 'wrong_type confirm']);
    expect(
      linesOf(() =>
        parseTogether(
          () => parseIds(new Array(900)),
          () => parseIds(new Array(900)),
        ),
      ),
    ).toHaveLength(1_000);
    const bug = new TypeError('a bug');
    expect(() =>
      parseTogether(() => {
        throw bug;
      }),
    ).toThrow(bug);
  });
});
