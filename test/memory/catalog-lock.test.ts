import { describe, expect, test } from 'vitest';
import { isSmartEnrolmentsError } from '../../src/errors/smart-enrolments-error.js';
import { createMemoryRepositories } from '../../src/memory/index.js';
import type { Repositories } from '../../src/repositories/repositories.js';
import { expecting } from '../../src/testkit/fixtures.js';
import { type Gate, gate } from '../../src/testkit/gate.js';
import { saving } from './diffs.js';
import { quiet, waits } from './waits.js';

/** A transaction that has loaded the catalog and stays open until its gate is. */
function loading(
  store: Repositories,
  then?: (inside: Repositories) => Promise<unknown>,
): Gate & { ended: Promise<unknown> } {
  const end = gate();
  const ended = store.transaction([], async (inside) => {
    await inside.catalog.load();
    await end.opened;
    return then?.(inside);
  });
  return { ...end, ended };
}

const commit = (repositories: Repositories, expected = 0): Promise<number> =>
  repositories.catalog.commit(saving('s'), expecting(expected));

describe('a commit', () => {
  test('a commit waits for every transaction that has loaded the catalog', async () => {
    const store = createMemoryRepositories();
    const first = loading(store);
    const second = loading(store);
    await quiet();
    const committing = commit(store);
    first.open();
    await first.ended;
    expect(await waits(committing)).toBe(true);
    expect((await store.catalog.load()).revision).toBe(0);
    second.open();
    expect(await committing).toBe(1);
    expect((await store.catalog.load()).revision).toBe(1);
  });

  test('only a commit blocks loads: any number of transactions load concurrently', async () => {
    const store = createMemoryRepositories();
    const first = loading(store);
    await quiet();
    expect(await waits(store.transaction([], (inside) => inside.catalog.load()))).toBe(false);
    first.open();
    await first.ended;
  });

  test('a commit does not wait for transactions that have not loaded the catalog, nor for loads outside', async () => {
    const store = createMemoryRepositories();
    const end = gate();
    const running = store.transaction(['a'], () => end.opened);
    await store.catalog.load();
    expect(await commit(store)).toBe(1);
    end.open();
    await running;
  });

  test('a waiting commit blocks new loads, but not transactions that have already loaded', async () => {
    const store = createMemoryRepositories();
    const early = loading(store, async (inside) => {
      const catalog = await inside.catalog.load();
      await inside.transaction([], async (nested) => expect(await nested.catalog.load()).toBe(catalog));
      return catalog.revision;
    });
    await quiet();
    const committing = commit(store);
    const late = store.transaction([], async (inside) => (await inside.catalog.load()).revision);
    expect(await waits(late)).toBe(true);
    early.open();
    expect(await Promise.all([early.ended, committing, late])).toEqual([0, 1, 1]);
  });

  test('a commit proceeds when a transaction fails or succeeds', async () => {
    const store = createMemoryRepositories();
    const failing = loading(store, () => Promise.reject(new Error('failed')));
    await quiet();
    const committing = commit(store);
    failing.open();
    await expect(failing.ended).rejects.toThrow('failed');
    expect(await committing).toBe(1);
  });
});

describe('a commit inside a transaction', () => {
  test('a commit inside a transaction does not wait for its own load, and is visible outside when the transaction ends', async () => {
    const store = createMemoryRepositories();
    let staged: unknown;
    await store.transaction([], async (inside) => {
      await inside.catalog.load();
      expect(await commit(inside)).toBe(1);
      staged = await inside.catalog.load();
      expect(staged).toMatchObject({ revision: 1, segments: [{ id: 's' }] });
      expect(await commit(inside, 1)).toBe(2);
      staged = await inside.catalog.load();
      expect(staged).toMatchObject({ revision: 2, segments: [{ id: 's' }] });
      expect((await store.catalog.load()).revision).toBe(0);
    });
    expect(await store.catalog.load()).toBe(staged);
  });

  test('a commit inside a transaction waits for other loaders, and blocks commits and loads until it ends', async () => {
    const store = createMemoryRepositories();
    const other = loading(store);
    await quiet();
    const end = gate();
    const committed = gate();
    const running = store.transaction([], async (inside) => {
      await inside.catalog.load();
      await commit(inside);
      committed.open();
      await end.opened;
    });
    expect(await waits(committed.opened)).toBe(true);
    other.open();
    await committed.opened;
    const late = store.transaction([], async (inside) => (await inside.catalog.load()).revision);
    const conflicting = commit(store);
    conflicting.catch(() => {});
    expect(await waits(late)).toBe(true);
    expect(await waits(conflicting)).toBe(true);
    end.open();
    await running;
    expect(await late).toBe(1);
    await expect(conflicting).rejects.toMatchObject({ details: { expected: 0, found: 1 } });
  });

  test('a commit conflicts immediately if two transactions that loaded would wait for each other', async () => {
    const store = createMemoryRepositories();
    const first = loading(store, commit);
    const second = loading(store, commit);
    await quiet();
    first.open();
    await quiet();
    second.open();
    await expect(second.ended).rejects.toMatchObject({ code: 'catalog_conflict', details: { expected: 0, found: 1 } });
    expect(await first.ended).toBe(1);
    expect((await store.catalog.load()).revision).toBe(1);
  });

  test('a commit of a transaction that has loaded precedes a commit that waits for it', async () => {
    const store = createMemoryRepositories();
    const inside = loading(store, commit);
    await quiet();
    const outside = commit(store);
    const refused = expect(outside).rejects.toMatchObject({ code: 'catalog_conflict' });
    await quiet();
    inside.open();
    expect(await inside.ended).toBe(1);
    await refused;
  });

  test('a transaction can load twice concurrently although a commit waits in between', async () => {
    const store = createMemoryRepositories();
    const end = gate();
    const again = gate();
    const committed = store.transaction([], async (inside) => {
      await commit(inside);
      await end.opened;
    });
    await quiet();
    const twice = store.transaction([], async (inside) => {
      const first = inside.catalog.load();
      await again.opened;
      return Promise.all([first, inside.catalog.load()]);
    });
    await quiet();
    const between = commit(store, 1);
    await quiet();
    again.open();
    await quiet();
    end.open();
    await committed;
    expect((await twice).map(({ revision }) => revision)).toEqual([1, 1]);
    expect(await between).toBe(2);
  });

  test('a waiting commit is dropped when its transaction ends', async () => {
    const store = createMemoryRepositories();
    const other = loading(store);
    await quiet();
    let left: Promise<unknown> = Promise.resolve();
    await store.transaction([], async (inside) => {
      const committing = commit(inside);
      await quiet();
      left = Promise.allSettled([committing, inside.catalog.load()]);
      await quiet();
    });
    expect(await left).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
    other.open();
    await other.ended;
    expect(await commit(store)).toBe(1);
  });
});

test('transactions that load and commit in any overlap all end, and every commit counts once', async () => {
  const store = createMemoryRepositories();
  const running = Array.from({ length: 60 }, async (_, i) => {
    const attempt = async (inside: Repositories): Promise<void> => {
      const { revision } = await (i % 3 ? inside : store).catalog.load();
      for (let turns = i % 4; turns > 0; turns--) await Promise.resolve();
      if (i % 2) await commit(inside, revision);
    };
    try {
      await (i % 5 ? store.transaction([`${i % 7}`], attempt) : attempt(store));
      return i % 2;
    } catch (error) {
      expect(isSmartEnrolmentsError(error, 'catalog_conflict')).toBe(true);
      return 0;
    }
  });
  const committed = (await Promise.all(running)).reduce((sum, one) => sum + one, 0);
  expect(committed).toBeGreaterThan(0);
  expect((await store.catalog.load()).revision).toBe(committed);
});
