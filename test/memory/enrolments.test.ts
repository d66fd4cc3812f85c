import { describe, expect, test } from 'vitest';
import { createMemoryRepositories } from '../../src/memory/index.js';
import type { Unenrolled } from '../../src/model/diff.js';
import { CONTEXT } from '../../src/testkit/store.js';
import { assigning, diffOf, pairOf, releasing } from './diffs.js';

const ending = (courseId: string, training: Unenrolled['training']): Unenrolled => ({
  courseId,
  training,
  cause: 'unlinked',
});

describe('what learners hold', () => {
  test('read returns assignments by course, then link, by code point', async () => {
    const store = createMemoryRepositories();
    await store.enrolments.write([assigning('a', 'd:2', '\u{1f600}:1', 'd:10', '\uffff:1', ':', 'c:3')], CONTEXT);
    for (const course of ['y', 'x', 'y']) await store.host.enrolIndividually('a', course);
    const [held] = await store.enrolments.read(['a']);
    expect(held!.assignments).toEqual([':', 'c:3', 'd:10', 'd:2', '\uffff:1', '\u{1f600}:1'].map(pairOf));
    expect(held!.individual).toEqual(['x', 'y']);
    expect(held!.training.map(({ courseId }) => courseId)).toEqual(['', 'c', 'd', '\uffff', '\u{1f600}']);
  });

  test('read can be limited to some courses, and leaves out learners who hold nothing', async () => {
    const store = createMemoryRepositories();
    await store.enrolments.write([assigning('a', 'c:1', 'd:2'), diffOf('b'), assigning('c', 'd:2')], CONTEXT);
    await store.host.enrolIndividually('a', 'e');
    const training = [{ courseId: 'c', status: 'in-progress' }];
    const held = [{ learnerId: 'a', assignments: [pairOf('c:1')], individual: ['e'], training }];
    expect(await store.enrolments.read(['a', 'b', 'a', 'c'], { courses: ['c', 'e'] })).toEqual(held);
    expect(await store.enrolments.read(['a', 'c'], { courses: [] })).toEqual([]);
    expect((await store.enrolments.read(['c', 'unknown', 'b', 'a'])).map(({ learnerId }) => learnerId)).toEqual([
      'c',
      'a',
    ]);
  });

  test('read returns one assignment and its record', async () => {
    const store = createMemoryRepositories();
    await store.enrolments.write([assigning('a', 'c:1', 'd:2')], CONTEXT);
    expect((await store.enrolments.read(['a'], { courses: ['d'] }))[0]!.assignments).toEqual([pairOf('d:2')]);
  });

  test.each([
    ['few', ['d', 'b']],
    ['many', ['d', 'g', 'b', 'f', 'x']],
  ])('read of %s courses returns them in order, however they are named', async (_, courses) => {
    const store = createMemoryRepositories();
    await store.enrolments.write([assigning('a', 'a:1', 'b:2', 'b:3', 'c:4', 'd:5', 'e:6')], CONTEXT);
    const [held] = await store.enrolments.read(['a'], { courses });
    expect(held!.assignments).toEqual(['b:2', 'b:3', 'd:5'].map(pairOf));
    expect(held!.training.map(({ courseId }) => courseId)).toEqual(['b', 'd']);
  });

  test('read of some courses returns individual enrolments and records without assignments', async () => {
    const store = createMemoryRepositories();
    await store.host.enrolIndividually('a', 'c');
    await store.enrolments.write([assigning('b', 'c:1'), releasing('b', 'c:1')], CONTEXT);
    const courses = ['c'];
    const read = await store.enrolments.read(['a', 'b'], { courses });
    expect(read.map(({ assignments, individual, training }) => [assignments, individual, training.length])).toEqual([
      [[], ['c'], 0],
      [[], [], 1],
    ]);
  });

  test('writing the same diff twice has the effect of writing it once', async () => {
    const store = createMemoryRepositories();
    for (let times = 0; times < 2; times++) await store.enrolments.write([assigning('a', 'c:1', 'c:2')], CONTEXT);
    expect((await store.host.assignments()).length).toBe(2);
    for (let times = 0; times < 2; times++) await store.enrolments.write([releasing('a', 'c:1')], CONTEXT);
    expect(await store.host.assignments()).toEqual([{ learnerId: 'a', ...pairOf('c:2') }]);
  });

  test('several diffs of one learner apply in order', async () => {
    const store = createMemoryRepositories();
    await store.enrolments.write([assigning('a', 'c:1'), releasing('a', 'c:1'), assigning('a', 'd:1')], CONTEXT);
    expect(await store.host.assignments()).toEqual([{ learnerId: 'a', ...pairOf('d:1') }]);
  });

  test('a write starts a record, keeps it on resume, and archives it', async () => {
    const store = createMemoryRepositories();
    const training = async () => (await store.host.state('a')).training;
    await store.enrolments.write([assigning('a', 'c:1')], CONTEXT);
    expect(await training()).toEqual([{ courseId: 'c', status: 'in-progress' }]);
    await store.host.recordTraining('a', 'c', 'completed');
    await store.enrolments.write([diffOf('a', { unenrolled: [ending('c', 'keep')] })], CONTEXT);
    await store.enrolments.write([diffOf('a', { enrolled: [{ courseId: 'c', training: 'resume' }] })], CONTEXT);
    expect(await training()).toEqual([{ courseId: 'c', status: 'completed' }]);
    expect(await store.host.archived('a')).toEqual([]);
    await store.host.recordTraining('a', 'b', 'completed');
    await store.enrolments.write([diffOf('a', { unenrolled: [ending('c', 'archive')] })], CONTEXT);
    await store.enrolments.write([diffOf('a', { unenrolled: [ending('b', 'archive')] })], CONTEXT);
    expect(await training()).toEqual([]);
    await store.enrolments.write([diffOf('a', { enrolled: [{ courseId: 'c', training: 'start' }] })], CONTEXT);
    expect(await training()).toEqual([{ courseId: 'c', status: 'in-progress' }]);
    await store.enrolments.write(
      [diffOf('a', { unenrolled: [ending('c', 'archive'), ending('z', 'archive')] })],
      CONTEXT,
    );
    expect(await store.host.archived('a')).toEqual(['c', 'b', 'c']);
  });

  test('individual enrolments belong to the host, and no diff changes them', async () => {
    const store = createMemoryRepositories({ learners: [{ id: 'a', profile: {} }] });
    await store.host.enrolIndividually('a', 'c');
    await store.enrolments.write([assigning('a', 'c:1')], CONTEXT);
    await store.enrolments.write([{ ...releasing('a', 'c:1'), unenrolled: [ending('c', 'archive')] }], CONTEXT);
    expect((await store.host.state('a')).individual).toEqual(['c']);
    await store.host.unenrolIndividually('a', 'c');
    await store.host.unenrolIndividually('a', 'unknown');
    expect(await store.host.state('a')).toStrictEqual({
      learnerId: 'a',
      assignments: [],
      individual: [],
      training: [],
      learner: { id: 'a', profile: {} },
    });
  });

  test('what a learner holds stays when the learner is deleted', async () => {
    const store = createMemoryRepositories({ learners: [{ id: 'a', profile: {} }] });
    await store.enrolments.write([assigning('a', 'c:1')], CONTEXT);
    await store.host.deleteLearners(['a']);
    const state = await store.host.state('a');
    expect(state.assignments).toEqual([pairOf('c:1')]);
    expect('learner' in state).toBe(false);
    expect(await store.enrolments.holders({ limit: 1 })).toEqual(['a']);
  });
});

test('a diff that cannot be stored does not affect other writes, also in a transaction that continues', async () => {
  const store = createMemoryRepositories();
  const malformed = assigning('b', 'c:1', 'd:2');
  Object.assign(malformed.assigned, { 1: undefined });
  const diffs = [assigning('a', 'c:1'), malformed];
  await expect(store.enrolments.write(diffs, CONTEXT)).rejects.toThrow(TypeError);
  await store.transaction(['a', 'b'], async ({ enrolments }) => {
    await expect(enrolments.write(diffs, CONTEXT)).rejects.toThrow(TypeError);
  });
  expect(await store.host.assignments()).toEqual([]);
});

test('two diffs of one learner in one write are both stored', async () => {
  const store = createMemoryRepositories();
  await store.enrolments.write([assigning('a', 'c:1', 'd:2'), releasing('a', 'c:1'), assigning('a', 'e:3')], CONTEXT);
  expect((await store.host.state('a')).assignments).toEqual([pairOf('d:2'), pairOf('e:3')]);
  expect(await store.enrolments.holders({ links: ['1'], limit: 9 })).toEqual([]);
  expect(await store.enrolments.holders({ links: ['2', '3'], limit: 9 })).toEqual(['a']);
});
