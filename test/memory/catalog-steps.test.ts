import { describe, expect, test } from 'vitest';
import { createMemoryRepositories } from '../../src/memory/index.js';
import { changeOf, noWork, saving } from './diffs.js';

const course = (id: string, title = id) => ({ id, title, enrolmentMethod: 'by-assignment-only' });

describe('the catalog', () => {
  test('begins with what the host has, at revision 0', async () => {
    const empty = { revision: 0, courses: [], segments: [], links: [], unsettled: [] };
    expect(await createMemoryRepositories().catalog.load()).toStrictEqual(empty);
    const store = createMemoryRepositories({ fields: [{ id: 'site', type: 'text' }], courses: [course('c')] });
    const catalog = { ...empty, fields: [{ id: 'site', type: 'text' }], courses: [course('c')] };
    expect(await store.catalog.load()).toStrictEqual(catalog);
  });

  test('is the same object until something in it changes', async () => {
    const store = createMemoryRepositories({ courses: [course('c')] });
    const catalog = await store.catalog.load();
    await store.host.saveLearners([{ id: 'a', profile: {} }]);
    await store.host.saveCourses([]);
    await store.host.deleteCourses(['unknown']);
    await store.catalog.settled({ revision: 9, pass: 'holders', done: true });
    expect(await store.catalog.load()).toBe(catalog);
    await store.transaction([], async (inside) => expect(await inside.catalog.load()).toBe(catalog));
  });

  test('keeps its lists as they are where only outstanding work moves', async () => {
    const store = createMemoryRepositories({ fields: [], courses: [course('c')] });
    await store.catalog.commit(saving('s'), { expected: 0, unsettled: noWork });
    const before = await store.catalog.load();
    await store.catalog.settled({ revision: 1, pass: 'holders', after: 'a', done: false });
    const after = await store.catalog.load();
    await store.catalog.settled({ revision: 1, pass: 'holders', after: 'a', done: false });
    expect(await store.catalog.load()).toBe(after);
    expect(after).not.toBe(before);
    for (const part of ['fields', 'courses', 'segments', 'links'] as const) expect(after[part]).toBe(before[part]);
  });

  test('moves, and forgets, only the work that is named', async () => {
    const store = createMemoryRepositories();
    for (const [expected, id] of ['s', 't'].entries()) {
      await store.catalog.commit(saving(id), { expected, unsettled: noWork });
    }
    const left = async () =>
      (await store.catalog.load()).unsettled.map(({ revision, pass, after }) => [revision, pass, after]);
    await store.catalog.settled({ revision: 2, pass: 'audience', done: false });
    expect(await left()).toEqual([
      [1, 'holders', undefined],
      [2, 'audience', undefined],
    ]);
    await store.catalog.settled({ revision: 1, pass: 'holders', after: 'a', done: false });
    await store.catalog.settled({ revision: 2, pass: 'audience', done: true });
    expect(await left()).toEqual([[1, 'holders', 'a']]);
    await store.catalog.settled({ revision: 1, pass: 'audience', after: 'a', done: false });
    expect(await left()).toEqual([[1, 'audience', 'a']]);
  });

  test('takes several steps in one transaction', async () => {
    const store = createMemoryRepositories();
    await store.transaction([], async ({ catalog }) => {
      await catalog.commit(saving('s'), { expected: 0, unsettled: noWork });
      await catalog.commit(saving('t'), { expected: 1, unsettled: noWork });
      expect((await catalog.load()).segments.map(({ id }) => id)).toEqual(['s', 't']);
    });
    expect((await store.catalog.load()).segments.map(({ id }) => id)).toEqual(['s', 't']);
  });

  test('saves and deletes by id, keeping the order, with what is new at the end', async () => {
    const store = createMemoryRepositories();
    const link = (id: string, segmentId = 's') => ({ id, segmentId, courseId: 'c' });
    const segments = ['s', 't', '__proto__'].map((id) => ({ id, title: id }));
    const first = changeOf({ saveSegments: segments, saveLinks: [link('1'), link('2'), link('3')] });
    await store.catalog.commit(first, { expected: 0, unsettled: noWork });
    const second = changeOf({
      saveSegments: [
        { id: 'u', title: 'new' },
        { id: '__proto__', title: 'changed' },
      ],
      deleteSegments: ['t', 'unknown'],
      saveLinks: [link(''), link('2', 'u')],
      deleteLinks: ['1'],
    });
    await store.catalog.commit(second, { expected: 1, unsettled: noWork });
    const catalog = await store.catalog.load();
    expect(catalog.segments).toEqual([segments[0], { id: '__proto__', title: 'changed' }, { id: 'u', title: 'new' }]);
    expect(catalog.links).toEqual([link('2', 'u'), link('3'), link('')]);
    expect(catalog.revision).toBe(2);
  });

  test('refuses a commit on another revision than the expected one', async () => {
    const store = createMemoryRepositories();
    await store.catalog.commit(saving('s'), { expected: 0, unsettled: noWork });
    const before = await store.catalog.load();
    for (const expected of [0, 2]) {
      const refused = store.catalog.commit(saving('t'), { expected, unsettled: noWork });
      await expect(refused).rejects.toMatchObject({ code: 'catalog_conflict', details: { expected, found: 1 } });
    }
    expect(await store.catalog.load()).toBe(before);
  });

  test('keeps the work that a commit leaves, how far it has come, and forgets it when done', async () => {
    const store = createMemoryRepositories();
    const unsettled = { links: ['1'], courses: ['c'], pass: 'holders' } as const;
    const outstanding = async () => (await store.catalog.load()).unsettled;
    await store.catalog.commit(saving('s'), { expected: 0, unsettled });
    await store.catalog.commit(saving('t'), { expected: 1, unsettled: { ...unsettled, after: 'x' } });
    expect(await outstanding()).toStrictEqual([
      { ...unsettled, revision: 1 },
      { ...unsettled, after: 'x', revision: 2 },
    ]);
    await store.catalog.settled({ revision: 1, pass: 'holders', after: '', done: false });
    expect((await outstanding())[0]).toStrictEqual({ ...unsettled, after: '', revision: 1 });
    await store.catalog.settled({ revision: 2, pass: 'audience', done: false });
    expect((await outstanding())[1]).toStrictEqual({ ...unsettled, pass: 'audience', revision: 2 });
    await store.catalog.settled({ revision: 1, pass: 'audience', after: 'z', done: true });
    await store.catalog.settled({ revision: 1, pass: 'audience', after: 'z', done: false });
    expect((await outstanding()).map(({ revision }) => revision)).toEqual([2]);
  });

  test('moves work to where other work already is', async () => {
    const store = createMemoryRepositories();
    await store.catalog.commit(saving('s'), { expected: 0, unsettled: { ...noWork, after: 'a' } });
    await store.catalog.commit(saving('t'), { expected: 1, unsettled: noWork });
    await store.catalog.settled({ revision: 2, pass: 'holders', after: 'a', done: false });
    expect((await store.catalog.load()).unsettled.map(({ after }) => after)).toEqual(['a', 'a']);
  });

  test('takes the host’s fields and courses without a new revision', async () => {
    const store = createMemoryRepositories({ courses: [course('c'), course('d')] });
    await store.host.saveFields([{ id: 'age', type: 'number' }]);
    await store.host.saveCourses([course('e'), course('c', 'changed')]);
    await store.host.deleteCourses(['d']);
    expect(await store.catalog.load()).toMatchObject({
      revision: 0,
      fields: [{ id: 'age' }],
      courses: [{ id: 'c', title: 'changed' }, { id: 'e' }],
    });
  });

  test('takes them together with a commit that is not done yet', async () => {
    const store = createMemoryRepositories();
    await store.transaction([], async (inside) => {
      await inside.catalog.commit(saving('s'), { expected: 0, unsettled: noWork });
      await store.host.saveCourses([course('c')]);
      expect(await inside.catalog.load()).toMatchObject({
        revision: 1,
        courses: [{ id: 'c' }],
        segments: [{ id: 's' }],
      });
      expect(await store.catalog.load()).toMatchObject({ revision: 0, courses: [{ id: 'c' }], segments: [] });
    });
    expect(await store.catalog.load()).toMatchObject({ revision: 1, courses: [{ id: 'c' }], segments: [{ id: 's' }] });
  });
});
