import { describe, expect, test } from 'vitest';
import { createMemoryRepositories } from '../../src/memory/index.js';
import type { Repositories } from '../../src/repositories/repositories.js';
import { expecting, operationAt } from '../../src/testkit/fixtures.js';
import { gate } from '../../src/testkit/gate.js';
import { readable } from '../../src/testkit/readable.js';
import { CONTEXT } from '../../src/testkit/store.js';
import { assigning, releasing, saving } from './diffs.js';
import { quiet, waits } from './waits.js';

/** What a learner is held by, as these repositories see it. */
async function linksOf(repositories: Repositories, learnerId: string): Promise<string[]> {
  const [holdings] = readable(await repositories.enrolments.read([learnerId]));
  return holdings?.assignments.map(({ linkId }) => linkId) ?? [];
}

describe('a transaction', () => {
  test('a transaction resolves with the result of its work, and commits its writes', async () => {
    const store = createMemoryRepositories();
    const result = await store.transaction(['a', 'b'], async (inside) => {
      await inside.enrolments.write([assigning('a', 'c:1'), assigning('b', 'c:1')], CONTEXT);
      return 'result';
    });
    expect(result).toBe('result');
    expect(await store.enrolments.holders({ limit: 10 })).toEqual(['a', 'b']);
  });

  test('a transaction drops all its writes when its work throws', async () => {
    const store = createMemoryRepositories();
    await store.enrolments.write([assigning('a', 'c:1')], CONTEXT);
    await store.catalog.commit(saving('s'), expecting(0));
    const before = await store.catalog.load();
    const failing = store.transaction(['a', 'b'], async (inside) => {
      await inside.enrolments.write([releasing('a', 'c:1'), assigning('b', 'c:1')], CONTEXT);
      await inside.catalog.commit(saving('t'), expecting(1));
      await inside.catalog.settled({ operation: operationAt(1).id, range: { pass: 'audience' }, done: true });
      throw new Error('failed');
    });
    await expect(failing).rejects.toThrow('failed');
    expect(await store.host.assignments()).toEqual([{ learnerId: 'a', courseId: 'c', linkId: '1', segmentId: 's' }]);
    expect(await linksOf(store, 'b')).toEqual([]);
    expect(await store.catalog.load()).toBe(before);
    await store.catalog.commit(saving('t'), expecting(1));
  });

  test('a transaction sees its own writes, which are invisible outside until it commits', async () => {
    const store = createMemoryRepositories();
    const written = gate();
    const seen = gate();
    const running = store.transaction(['a'], async (inside) => {
      await inside.enrolments.write([assigning('a', 'c:1')], CONTEXT);
      expect(await linksOf(inside, 'a')).toEqual(['1']);
      expect(await inside.enrolments.holders({ links: ['1'], limit: 1 })).toEqual(['a']);
      written.open();
      await seen.opened;
    });
    await written.opened;
    expect(await linksOf(store, 'a')).toEqual([]);
    expect(await store.enrolments.holders({ limit: 1 })).toEqual([]);
    expect((await store.host.state('a')).training).toEqual([]);
    seen.open();
    await running;
    expect(await linksOf(store, 'a')).toEqual(['1']);
  });

  test('a transaction has exclusive locks on its learners, and sees everything committed before them', async () => {
    const store = createMemoryRepositories();
    const held = gate();
    const first = store.transaction(['a', 'b'], async (inside) => {
      await held.opened;
      await inside.enrolments.write([assigning('a', 'c:1')], CONTEXT);
    });
    const second = store.transaction(['b', 'a'], (inside) => linksOf(inside, 'a'));
    const write = store.enrolments.write([assigning('a', 'c:2')], CONTEXT);
    const individual = store.host.enrolIndividually('b', 'c');
    const training = store.host.recordTraining('b', 'c', 'completed');
    for (const waiting of [second, write, individual, training]) expect(await waits(waiting)).toBe(true);
    await store.transaction(['c'], async () => {});
    held.open();
    expect(await second).toEqual(['1']);
    await Promise.all([first, write, individual, training]);
    expect(await linksOf(store, 'a')).toEqual(['1', '2']);
    expect((await store.host.state('b')).individual).toEqual(['c']);
  });

  test('overlapping transactions lose no write', async () => {
    const store = createMemoryRepositories();
    const learners = ['a', 'b', 'c', 'd'];
    const running = Array.from({ length: 40 }, (_, i) => {
      const ids = [learners[i % 4]!, learners[(i * 7 + 1) % 4]!, learners[(i * 3 + 2) % 4]!];
      return store.transaction(ids, async (inside) => {
        const held = (await linksOf(inside, ids[0]!)).length;
        await quiet();
        await inside.enrolments.write([assigning(ids[0]!, `c:${held}`)], CONTEXT);
      });
    });
    await Promise.all(running);
    expect((await store.host.assignments()).length).toBe(40);
  });

  test('a transaction writes only learners that it locks', async () => {
    const store = createMemoryRepositories();
    const writing = store.transaction(['a'], (inside) =>
      inside.enrolments.write([assigning('a', 'c:1'), assigning('b', 'c:1')], CONTEXT),
    );
    await expect(writing).rejects.toThrow('does not lock learner "b"');
    expect(await store.host.assignments()).toEqual([]);
  });

  test('a transaction cannot be used after it has ended', async () => {
    const store = createMemoryRepositories();
    for (const fails of [false, true]) {
      let kept: Repositories = store;
      const running = store.transaction(['a'], async (inside) => {
        kept = inside;
        if (fails) throw new Error('failed');
      });
      await running.catch(() => {});
      const uses = [
        () => kept.catalog.load(),
        () => kept.catalog.commit(saving('s'), expecting(0)),
        () => kept.catalog.settled({ operation: operationAt(1).id, range: { pass: 'holders' }, done: true }),
        () => kept.learners.get([]),
        () => kept.learners.page({ limit: 1 }),
        () => kept.enrolments.read([]),
        () => kept.enrolments.holders({ limit: 1 }),
        () => kept.enrolments.write([assigning('a', 'c:1')], CONTEXT),
        () => kept.transaction([], async () => {}),
      ];
      for (const use of uses) await expect(use()).rejects.toThrow('has ended');
    }
    expect(await store.host.assignments()).toEqual([]);
    await store.catalog.commit(saving('s'), expecting(0));
  });
});

describe('a transaction inside another', () => {
  test('a nested transaction rolls back only its own writes', async () => {
    const store = createMemoryRepositories();
    await store.transaction(['a', 'b'], async (outer) => {
      await outer.enrolments.write([assigning('a', 'c:1')], CONTEXT);
      const inner = outer.transaction(['a', 'b'], async (inside) => {
        await inside.enrolments.write([releasing('a', 'c:1'), assigning('b', 'c:2')], CONTEXT);
        await inside.catalog.commit(saving('s'), expecting(0));
        expect(await inside.enrolments.holders({ limit: 9 })).toEqual(['b']);
        throw new Error('failed');
      });
      await expect(inner).rejects.toThrow('failed');
      expect(await linksOf(outer, 'a')).toEqual(['1']);
      expect((await outer.catalog.load()).revision).toBe(0);
      await outer.transaction(['b'], (inside) => inside.enrolments.write([assigning('b', 'c:3')], CONTEXT));
      expect(await store.enrolments.holders({ limit: 9 })).toEqual([]);
    });
    expect((await store.host.assignments()).map(({ linkId }) => linkId)).toEqual(['1', '3']);
  });

  test('a nested transaction is rolled back with the outer one', async () => {
    const store = createMemoryRepositories();
    const failing = store.transaction(['a'], async (outer) => {
      await outer.transaction(['a'], (inner) => inner.enrolments.write([assigning('a', 'c:1')], CONTEXT));
      throw new Error('failed');
    });
    await expect(failing).rejects.toThrow('failed');
    expect(await store.host.assignments()).toEqual([]);
  });

  test('a nested transaction locks only learners that the outer one locks, and blocks other nested ones on them', async () => {
    const store = createMemoryRepositories();
    await store.transaction(['a', 'b'], async (outer) => {
      await expect(outer.transaction(['a', 'c'], async () => {})).rejects.toThrow('does not lock learner "c"');
      let waiting: Promise<void> = Promise.resolve();
      await outer.transaction(['a'], async (inner) => {
        await expect(inner.enrolments.write([assigning('b', 'c:1')], CONTEXT)).rejects.toThrow(
          'does not lock learner "b"',
        );
        await outer.enrolments.write([assigning('b', 'c:1')], CONTEXT);
        waiting = outer.enrolments.write([assigning('a', 'c:2')], CONTEXT);
        expect(await waits(waiting)).toBe(true);
      });
      await waiting;
    });
    expect((await store.host.assignments()).map(({ linkId }) => linkId)).toEqual(['2', '1']);
  });

  test('a nested transaction ends with the outer one', async () => {
    const store = createMemoryRepositories();
    const held = gate();
    let left: Promise<void> = Promise.resolve();
    await store.transaction(['a'], async (outer) => {
      left = outer.transaction(['a'], async (inner) => {
        await inner.enrolments.write([assigning('a', 'c:1')], CONTEXT);
        await held.opened;
      });
      left.catch(() => {});
      await quiet();
    });
    held.open();
    await expect(left).rejects.toThrow('has ended');
    expect(await store.host.assignments()).toEqual([]);
  });
});
