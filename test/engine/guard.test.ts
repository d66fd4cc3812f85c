import { describe, expect, it, vi } from 'vitest';
import { guard } from '../../src/engine/guard/guard.js';
import { SmartEnrolmentsError } from '../../src/errors/smart-enrolments-error.js';
import { brokenBy, calls, catalog, caught, fail, failed, fakeAdapter } from './fake-adapter.js';

/** A list with a hole in it, over which some ways of walking pass. */
const HOLED: readonly unknown[] = Array(1);

const methods = Object.keys(calls);

describe('a guarded repository', () => {
  it.each(methods)('a guarded method passes arguments and results through unchanged: %s', async (method) => {
    const results: { readonly [method: string]: unknown } = {
      'catalog.load': catalog,
      'catalog.commit': 2,
      'learners.get': [{ id: 'b', profile: 5 }],
      'learners.page': [{ id: 'b' }, { id: 'c' }],
      'enrolments.holders': ['c', 'b'],
      'enrolments.read': [{ learnerId: 'b', assignments: [], individual: [], training: [] }],
    };
    const host = vi.fn((..._: unknown[]) => results[method]);
    expect(await calls[method]!(guard(fakeAdapter({ [method]: host })))).toBe(results[method]);
    const direct = vi.fn();
    await calls[method]!(fakeAdapter({ [method]: direct }));
    expect(host.mock.calls).toEqual(direct.mock.calls);
  });

  it.each(methods)('a guarded method wraps an error of the host once, as the cause: %s', async (method) => {
    for (const cause of [
      new Error('down'),
      'text',
      undefined,
      new SmartEnrolmentsError('unknown_link', { linkIds: ['l'] }),
    ]) {
      expect(await caught(calls[method]!(guard(fakeAdapter({ [method]: fail(cause) }))))).toEqual(
        failed(method, cause),
      );
    }
  });

  it('a guarded method wraps errors that are thrown synchronously or by reading the result', async () => {
    const cause = new Error('thrown synchronously');
    const host = { ...fakeAdapter({}), learners: { get: fail(cause), page: fail(cause) } };
    expect(await caught(guard(host).learners.get([]))).toEqual(failed('learners.get', cause));
    const lazy = Object.defineProperty({}, 'id', { get: fail(cause) });
    expect(await caught(calls['learners.page']!(guard(fakeAdapter({ 'learners.page': () => [lazy] }))))).toEqual(
      failed('learners.page', cause),
    );
  });

  it('a catalog_conflict is passed through from commit, and only from there', async () => {
    const conflict = new SmartEnrolmentsError('catalog_conflict', { expected: 1, found: 2 });
    expect(await caught(calls['catalog.commit']!(guard(fakeAdapter({ 'catalog.commit': fail(conflict) }))))).toBe(
      conflict,
    );
    expect(await caught(calls['catalog.load']!(guard(fakeAdapter({ 'catalog.load': fail(conflict) }))))).toEqual(
      failed('catalog.load', conflict),
    );
  });
});

const row = { learnerId: 'a', assignments: [], individual: [], training: [] };
const held = { courseId: 'c', linkId: 'l', segmentId: 's' };
const record = { courseId: 'c', status: 'completed' };

describe('a broken promise', () => {
  it.each<[string, string, unknown]>([
    ['catalog.load', 'no catalog', undefined],
    ['catalog.load', 'a malformed one', { ...catalog, links: [{ id: 'l' }] }],
    ['catalog.commit', 'no revision', undefined],
    ['catalog.commit', 'the expected one', 1],
    ['catalog.commit', 'text', '2'],
    ['catalog.commit', 'half of one', 2.5],
    ['learners.get', 'no list', { a: 1 }],
    ['learners.get', 'an empty row', [null]],
    ['learners.get', 'a number for an id', [{ id: 1 }]],
    ['learners.get', 'another learner', [{ id: 'c' }]],
    ['learners.page', 'no list', null],
    ['learners.page', 'no id', [{}]],
    ['learners.page', 'a hole', HOLED],
    ['learners.get', 'a hole', HOLED],
    ['enrolments.holders', 'a hole', HOLED],
    ['enrolments.read', 'a hole', HOLED],
    ['learners.page', 'more than the limit', [{ id: 'b' }, { id: 'c' }, { id: 'd' }]],
    ['learners.page', 'where it begins', [{ id: 'a' }]],
    ['enrolments.holders', 'no list', 'b'],
    ['enrolments.holders', 'rows instead of ids', [{ id: 'b' }]],
    ['enrolments.holders', 'more than the limit', ['b', 'c', 'd']],
    ['enrolments.holders', 'the same learner twice', ['b', 'b']],
    ['enrolments.holders', 'where it begins', ['b', 'a']],
    ['enrolments.read', 'no list', new Map()],
    ['enrolments.read', 'an empty row', [null]],
    ['enrolments.read', 'no learner', [{ ...row, learnerId: undefined }]],
    ['enrolments.read', 'another learner', [{ ...row, learnerId: 'c' }]],
    ['enrolments.read', 'the same learner twice', [row, row]],
    ['enrolments.read', 'no assignments', [{ ...row, assignments: undefined }]],
    ['enrolments.read', 'no individual enrolments', [{ ...row, individual: null }]],
    ['enrolments.read', 'no training records', [{ ...row, training: {} }]],
    ['enrolments.read', 'an empty assignment', [{ ...row, assignments: [null] }]],
    ['enrolments.read', 'an assignment without course', [{ ...row, assignments: [{ linkId: 'l' }] }]],
    ['enrolments.read', 'an assignment without link', [{ ...row, assignments: [{ courseId: 'c' }] }]],
    ['enrolments.read', 'an assignment to another course', [{ ...row, assignments: [{ ...held, courseId: 'x' }] }]],
    ['enrolments.read', 'an assignment twice in a row', [{ ...row, assignments: [held, held] }]],
    [
      'enrolments.read',
      'an assignment twice',
      [
        {
          ...row,
          assignments: [
            { courseId: 'd', linkId: 'm', segmentId: 's' },
            held,
            { courseId: 'c', linkId: 'm', segmentId: 's' },
            { ...held },
          ],
        },
      ],
    ],
    [
      'enrolments.read',
      'an assignment twice, of another course in between',
      [{ ...row, assignments: [held, { ...held, courseId: 'd' }, held] }],
    ],
    ['enrolments.read', 'an individual enrolment on another course', [{ ...row, individual: ['x'] }]],
    ['enrolments.read', 'an individual enrolment on nothing', [{ ...row, individual: [{ courseId: 'c' }] }]],
    ['enrolments.read', 'an empty record', [{ ...row, training: [undefined] }]],
    ['enrolments.read', 'a record of another status', [{ ...row, training: [{ ...record, status: 'archived' }] }]],
    ['enrolments.read', 'a record of another course', [{ ...row, training: [{ ...record, courseId: 'x' }] }]],
  ])('a broken promise is reported with its method: %s returns %s', async (method, _, result) => {
    const guarded = guard(fakeAdapter({ [method]: () => result }));
    expect(await caught(calls[method]!(guarded))).toEqual(brokenBy(method));
    expect(await caught(guarded.transaction(['a'], calls[method]!))).toEqual(brokenBy(method));
  });

  it('a broken promise is reported for reads of all courses too: ids that are no strings', async () => {
    const result = [{ ...row, individual: [{ courseId: 'c' }] }];
    const guarded = guard(fakeAdapter({ 'enrolments.read': () => result }));
    expect(await caught(guarded.enrolments.read(['a']))).toEqual(brokenBy('enrolments.read'));
  });

  it.each<[string, readonly unknown[]]>([
    ['learners.get', [{ id: 'b' }, { id: 'a' }]],
    ['learners.page', [{ id: 'c' }, { id: 'b' }]],
    ['enrolments.read', [{ ...row, learnerId: 'b' }, row]],
    ['enrolments.read', [{ ...row, assignments: [{ courseId: 'd', linkId: 'm', segmentId: 's' }, held] }]],
  ])('%s may return rows in any order', async (method, result) => {
    expect(await calls[method]!(guard(fakeAdapter({ [method]: () => result })))).toBe(result);
  });

  it('the cause of a broken promise of catalog.load lists the problems', async () => {
    const error = await caught(guard(fakeAdapter({ 'catalog.load': () => ({ ...catalog, links: 1 }) })).catalog.load());
    expect(error).toHaveProperty('cause.details.issues', [expect.objectContaining({ path: ['links'] })]);
  });

  it('enrolments.read may return holdings of all courses in any order', async () => {
    const learner = {
      ...row,
      assignments: [
        { courseId: 'd', linkId: 'l', segmentId: 's' },
        { courseId: 'c', linkId: 'm', segmentId: 's' },
        { courseId: 'c', linkId: 'l', segmentId: 's' },
      ],
      individual: ['z', 'c'],
      training: [
        { courseId: 'z', status: 'in-progress' },
        { courseId: 'c', status: 'completed' },
      ],
    };
    const guarded = guard(fakeAdapter({ 'enrolments.read': () => [learner] }));
    expect(await guarded.enrolments.read(['a'])).toEqual([learner]);
  });

  it('a catalog object is checked once', async () => {
    let reads = 0;
    const loaded = Object.defineProperty({ ...catalog }, 'revision', { get: () => ++reads });
    const guarded = guard(fakeAdapter({ 'catalog.load': () => loaded }));
    await guarded.catalog.load();
    const once = reads;
    await guarded.catalog.load();
    await guarded.transaction([], (inside) => inside.catalog.load());
    expect(reads).toBe(once);
  });
});
