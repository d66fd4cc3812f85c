import { describe, expect, test } from 'vitest';
import { createMemoryRepositories } from '../../src/memory/index.js';
import { expecting, operationAt } from '../../src/testkit/fixtures.js';
import { changeOf, saving } from './diffs.js';

const course = (id: string, title = id) => ({ id, title, enrolmentMethod: 'by-assignment-only' });

describe('the catalog', () => {
  test('the catalog begins with the data of the host, at revision 0', async () => {
    const empty = { revision: 0, courses: [], segments: [], links: [], unsettled: [] };
    expect(await createMemoryRepositories().catalog.load()).toStrictEqual(empty);
    const store = createMemoryRepositories({ fields: [{ id: 'site', type: 'text' }], courses: [course('c')] });
    const catalog = { ...empty, fields: [{ id: 'site', type: 'text' }], courses: [course('c')] };
    expect(await store.catalog.load()).toStrictEqual(catalog);
  });

  test('the catalog is the same object until something in it changes', async () => {
    const store = createMemoryRepositories({ courses: [course('c')] });
    const catalog = await store.catalog.load();
    await store.host.saveLearners([{ id: 'a', profile: {} }]);
    await store.host.saveCourses([]);
    await store.host.deleteCourses(['unknown']);
    await store.catalog.settled({ operation: operationAt(9).id, range: { pass: 'holders' }, done: true });
    expect(await store.catalog.load()).toBe(catalog);
    await store.transaction([], async (inside) => expect(await inside.catalog.load()).toBe(catalog));
  });

  test('the lists of the catalog stay the same objects if only outstanding work changes', async () => {
    const store = createMemoryRepositories({ fields: [], courses: [course('c')] });
    await store.catalog.commit(saving('s'), expecting(0));
    const before = await store.catalog.load();
    await store.catalog.settled({ operation: operationAt(1).id, range: { pass: 'holders', after: 'a' }, done: false });
    const after = await store.catalog.load();
    await store.catalog.settled({ operation: operationAt(1).id, range: { pass: 'holders', after: 'a' }, done: false });
    expect(await store.catalog.load()).toBe(after);
    expect(after).not.toBe(before);
    for (const part of ['fields', 'courses', 'segments', 'links'] as const) expect(after[part]).toBe(before[part]);
  });

  test('settled changes or removes only the named work', async () => {
    const store = createMemoryRepositories();
    for (const [expected, id] of ['s', 't'].entries()) {
      await store.catalog.commit(saving(id), expecting(expected));
    }
    const left = async () =>
      (await store.catalog.load()).unsettled.flatMap(({ operation, ranges }) =>
        ranges.map(({ pass, after }) => [operation.revision, pass, after]),
      );
    await store.catalog.settled({ operation: operationAt(2).id, range: { pass: 'holders' }, done: true });
    expect(await left()).toEqual([
      [1, 'holders', undefined],
      [1, 'audience', undefined],
      [2, 'audience', undefined],
    ]);
    await store.catalog.settled({ operation: operationAt(1).id, range: { pass: 'holders', after: 'a' }, done: false });
    await store.catalog.settled({ operation: operationAt(2).id, range: { pass: 'audience' }, done: true });
    expect(await left()).toEqual([
      [1, 'holders', 'a'],
      [1, 'audience', undefined],
    ]);
    await store.catalog.settled({ operation: operationAt(1).id, range: { pass: 'audience', after: 'a' }, done: false });
    expect(await left()).toEqual([
      [1, 'holders', 'a'],
      [1, 'audience', 'a'],
    ]);
  });

  test('a transaction can make several changes of the catalog', async () => {
    const store = createMemoryRepositories();
    await store.transaction([], async ({ catalog }) => {
      await catalog.commit(saving('s'), expecting(0));
      await catalog.commit(saving('t'), expecting(1));
      expect((await catalog.load()).segments.map(({ id }) => id)).toEqual(['s', 't']);
    });
    expect((await store.catalog.load()).segments.map(({ id }) => id)).toEqual(['s', 't']);
  });

  test('a commit saves and deletes by id, keeps the order, and appends new items', async () => {
    const store = createMemoryRepositories();
    const link = (id: string, segmentId = 's') => ({ id, segmentId, courseId: 'c' });
    const segments = ['s', 't', '__proto__'].map((id) => ({ id, title: id }));
    const first = changeOf({ saveSegments: segments, saveLinks: [link('1'), link('2'), link('3')] });
    await store.catalog.commit(first, expecting(0));
    const second = changeOf({
      saveSegments: [
        { id: 'u', title: 'new' },
        { id: '__proto__', title: 'changed' },
      ],
      deleteSegments: ['t', 'unknown'],
      saveLinks: [link(''), link('2', 'u')],
      deleteLinks: ['1'],
    });
    await store.catalog.commit(second, expecting(1));
    const catalog = await store.catalog.load();
    expect(catalog.segments).toEqual([segments[0], { id: '__proto__', title: 'changed' }, { id: 'u', title: 'new' }]);
    expect(catalog.links).toEqual([link('2', 'u'), link('3'), link('')]);
    expect(catalog.revision).toBe(2);
  });

  test('a commit on another revision than the expected one is rejected', async () => {
    const store = createMemoryRepositories();
    await store.catalog.commit(saving('s'), expecting(0));
    const before = await store.catalog.load();
    for (const expected of [0, 2]) {
      const refused = store.catalog.commit(saving('t'), expecting(expected));
      await expect(refused).rejects.toMatchObject({ code: 'catalog_conflict', details: { expected, found: 1 } });
    }
    expect(await store.catalog.load()).toBe(before);
  });

  test('the catalog keeps the work of a commit and the progress of each range, and removes it when done', async () => {
    const store = createMemoryRepositories();
    const outstanding = async () => (await store.catalog.load()).unsettled;
    const settled = (operation: string, pass: 'holders' | 'audience', after: string | undefined, done: boolean) =>
      store.catalog.settled({ operation, range: { pass, ...(after !== undefined && { after }) }, done });
    const first = expecting(0, { links: ['1'], courses: ['c'] });
    const second = expecting(1, { links: ['1'], courses: ['c'], ranges: [{ pass: 'audience', after: 'x' }] });
    await store.catalog.commit(saving('s'), first);
    await store.catalog.commit(saving('t'), second);
    expect(await outstanding()).toStrictEqual([first.unsettled, second.unsettled]);
    await settled('operation 1', 'holders', '', false);
    const ranges = [{ pass: 'holders', after: '' }, { pass: 'audience' }];
    expect((await outstanding())[0]).toStrictEqual({ ...first.unsettled, ranges });
    await settled('operation 2', 'audience', undefined, false);
    expect((await outstanding())[1]).toStrictEqual({ ...second.unsettled, ranges: [{ pass: 'audience' }] });
    await settled('operation 1', 'holders', 'z', true);
    expect((await outstanding())[0]).toStrictEqual({ ...first.unsettled, ranges: [{ pass: 'audience' }] });
    await settled('operation 1', 'audience', 'z', true);
    await settled('operation 1', 'audience', 'z', false);
    expect((await outstanding()).map(({ operation }) => operation.id)).toEqual(['operation 2']);
  });

  test('fields and courses of the host change without a new revision', async () => {
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

  test('fields and courses of the host change together with a commit in progress', async () => {
    const store = createMemoryRepositories();
    await store.transaction([], async (inside) => {
      await inside.catalog.commit(saving('s'), expecting(0));
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
