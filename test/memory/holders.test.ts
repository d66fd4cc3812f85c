import { describe, expect, test } from 'vitest';
import { createMemoryRepositories } from '../../src/memory/index.js';
import type { HoldersQuery, Repositories } from '../../src/repositories/repositories.js';
import { CONTEXT } from '../../src/testkit/store.js';
import { assigning, releasing } from './diffs.js';

const ask = (store: Repositories, query: Partial<HoldersQuery> = {}) =>
  store.enrolments.holders({ limit: 100, ...query });

describe('holders', () => {
  test('holders are those of one link, of several links (each once), or of any link', async () => {
    const store = createMemoryRepositories();
    await store.enrolments.write(
      [assigning('d', 'c:1'), assigning('b', 'c:1', 'c:2'), assigning('c', 'd:3'), assigning('a', 'c:2')],
      CONTEXT,
    );
    expect(await ask(store)).toEqual(['a', 'b', 'c', 'd']);
    expect(await ask(store, { links: ['1'] })).toEqual(['b', 'd']);
    expect(await ask(store, { links: ['2', '1', '2'] })).toEqual(['a', 'b', 'd']);
    expect(await ask(store, { links: ['1', '2'], after: 'a', upTo: 'c' })).toEqual(['b']);
    expect(await ask(store, { links: ['1', '2', '3'], limit: 2 })).toEqual(['a', 'b']);
    expect(await ask(store, { links: [] })).toEqual([]);
    expect(await ask(store, { links: ['__proto__'] })).toEqual([]);
  });

  test('released learners are no longer holders', async () => {
    const store = createMemoryRepositories();
    await store.enrolments.write([assigning('a', 'c:1', 'd:2'), assigning('b', 'c:1')], CONTEXT);
    await store.enrolments.write([releasing('a', 'c:1')], CONTEXT);
    expect(await ask(store, { links: ['1'] })).toEqual(['b']);
    expect(await ask(store)).toEqual(['a', 'b']);
    await store.enrolments.write([releasing('a', 'd:2')], CONTEXT);
    expect(await ask(store)).toEqual(['b']);
  });

  test('a learner holds a link as long as it holds them on one of two courses', async () => {
    const store = createMemoryRepositories();
    await store.enrolments.write([assigning('a', 'b:0', 'c:1', 'd:1', 'e:2')], CONTEXT);
    await store.enrolments.write([releasing('a', 'c:1')], CONTEXT);
    expect(await ask(store, { links: ['1'] })).toEqual(['a']);
    await store.enrolments.write(
      [{ ...releasing('a', 'd:1'), assigned: [{ courseId: 'a', linkId: '1', segmentId: 's' }] }],
      CONTEXT,
    );
    expect(await ask(store, { links: ['1'] })).toEqual(['a']);
    await store.enrolments.write([releasing('a', 'a:1')], CONTEXT);
    expect(await ask(store, { links: ['1'] })).toEqual([]);
    expect(await ask(store, { links: ['0', '2'] })).toEqual(['a']);
  });

  test('holders of many links come in full pages, in order', async () => {
    const store = createMemoryRepositories();
    const ids = Array.from({ length: 300 }, (_, i) => String(i).padStart(3, '0'));
    await store.enrolments.write(
      ids.map((id, i) => assigning(id, `c:${(i * 37) % 300}`, `d:${(i * 91) % 300}`)),
      CONTEXT,
    );
    const links = [...Array(400).keys()].map(String);
    for (const limit of [1, 3, 50]) {
      const found: string[] = [];
      for (let page: readonly string[] = []; ; ) {
        page = await ask(store, { links, limit, after: found.at(-1) });
        found.push(...page);
        if (page.length < limit) break;
      }
      expect(found).toEqual(ids);
    }
  });

  test('holders inside a transaction include its writes, in full pages', async () => {
    const store = createMemoryRepositories();
    await store.enrolments.write(
      ['a', 'b', 'c', 'd'].map((id) => assigning(id, 'c:1')),
      CONTEXT,
    );
    await store.transaction(['a', 'b', 'bb', 'e'], async (inside) => {
      await inside.enrolments.write(
        [releasing('a', 'c:1'), releasing('b', 'c:1'), assigning('bb', 'c:2'), assigning('e', 'c:1')],
        CONTEXT,
      );
      expect(await ask(inside, { limit: 2 })).toEqual(['bb', 'c']);
      expect(await ask(inside, { links: ['1'], limit: 1 })).toEqual(['c']);
      expect(await ask(inside, { links: ['1'], after: 'c' })).toEqual(['d', 'e']);
      expect(await ask(inside, { after: 'a', upTo: 'bb' })).toEqual(['bb']);
      expect(await ask(store)).toEqual(['a', 'b', 'c', 'd']);
    });
    expect(await ask(store)).toEqual(['bb', 'c', 'd', 'e']);
  });
});
