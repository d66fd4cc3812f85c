import { describe, expect, it, vi } from 'vitest';
import { guard } from '../../src/engine/guard/guard.js';
import { SmartEnrolmentsError } from '../../src/errors/smart-enrolments-error.js';
import type { Repositories } from '../../src/repositories/repositories.js';
import { CONTEXT } from '../../src/testkit/store.js';
import { brokenBy, calls, caught, fail, failed, fakeAdapter, type Work } from './fake-adapter.js';

describe('a guarded transaction', () => {
  it('a guarded transaction returns the result of its work, for the given learners', async () => {
    const ids = ['a'];
    const transaction = vi.fn((work: Work, _: unknown) => work(fakeAdapter({})));
    const result = {};
    expect(await guard(fakeAdapter({ transaction })).transaction(ids, async () => result)).toBe(result);
    expect(transaction.mock.calls[0]![1]).toBe(ids);
  });

  it('the host sees its own error inside a transaction, and the caller a wrapped one', async () => {
    const deadlock = new Error('deadlock');
    const seen: unknown[] = [];
    const inside = fakeAdapter({ 'enrolments.write': fail(deadlock) });
    const transaction = async (work: Work) => {
      try {
        return await work(inside);
      } catch (error) {
        seen.push(error);
        throw new Error('rolled back', { cause: error });
      }
    };
    const error = await caught(
      guard(fakeAdapter({ transaction })).transaction(['a'], (r) => r.enrolments.write([], CONTEXT)),
    );
    expect(seen).toEqual([deadlock]);
    expect(error).toEqual(failed('enrolments.write', deadlock));
  });

  it('a transaction may run its work again: the last run counts', async () => {
    const deadlock = new Error('deadlock');
    let writes = 0;
    const inside = fakeAdapter({
      'enrolments.write': () => {
        if (++writes < 3) throw deadlock;
      },
    });
    const retrying = async (work: Work) => {
      for (;;) {
        try {
          return await work(inside);
        } catch (error) {
          if (error !== deadlock) throw error;
        }
      }
    };
    const work = async (r: Repositories) => {
      await r.enrolments.write([], CONTEXT);
      return writes;
    };
    expect(await guard(fakeAdapter({ transaction: retrying })).transaction(['a'], work)).toBe(3);
  });

  it.each([
    ['an error of ours', new SmartEnrolmentsError('unknown_link', { linkIds: ['l'] })],
    ['the reason of an abort', new DOMException('aborted', 'AbortError')],
    ['anything', 'stop'],
  ])('an error of the work itself is rethrown unchanged, even if the host wraps it: %s', async (_, reason) => {
    const wrapping = (work: Work) => work(fakeAdapter({})).catch(() => Promise.reject(new Error('rolled back')));
    for (const repositories of [fakeAdapter({}), fakeAdapter({ transaction: wrapping })]) {
      expect(await caught(guard(repositories).transaction(['a'], fail(reason) as Work))).toBe(reason);
    }
  });

  it('a catalog_conflict inside a transaction is rethrown unchanged', async () => {
    const conflict = new SmartEnrolmentsError('catalog_conflict', { expected: 1, found: 2 });
    const host = fakeAdapter({ 'catalog.commit': fail(conflict) });
    expect(await caught(guard(host).transaction([], calls['catalog.commit']!))).toBe(conflict);
  });

  it.each<[string, (work: Work) => Promise<unknown>]>([
    ['cannot begin', async () => Promise.reject('down')],
    ['cannot commit', async (work) => work(fakeAdapter({})).then(() => Promise.reject('down'))],
    [
      'gives up before its work has ended',
      async (work) => {
        void work(fakeAdapter({ 'learners.get': () => new Promise(() => undefined) }));
        throw 'down';
      },
    ],
  ])('a transaction that %s is repository_failed', async (_, transaction) => {
    const error = await caught(guard(fakeAdapter({ transaction })).transaction(['a'], (r) => r.learners.get(['a'])));
    expect(error).toEqual(failed('transaction', 'down'));
  });

  it.each<[string, (work: Work) => Promise<unknown>]>([
    ['never runs its work', async () => undefined],
    ['does not wait for its work', async (work) => void work(fakeAdapter({}))],
    ['returns another result', async (work) => work(fakeAdapter({})).then(() => 'done')],
    [
      'resolves though its work rejected',
      async (work) => work(fakeAdapter({ 'learners.get': fail('x') })).catch(() => undefined),
    ],
  ])('a transaction that %s is contract_broken', async (_, transaction) => {
    const error = await caught(guard(fakeAdapter({ transaction })).transaction(['a'], (r) => r.learners.get(['a'])));
    expect(error).toEqual(brokenBy('transaction'));
  });

  it('nested transactions of the host see their own error, and the caller gets it wrapped once', async () => {
    const deadlock = new Error('deadlock');
    const seen: unknown[] = [];
    const nesting = (work: Work): Promise<unknown> =>
      work(fakeAdapter({ 'enrolments.write': fail(deadlock), transaction: nesting })).catch((error) => {
        seen.push(error);
        throw error;
      });
    const error = await caught(
      guard(fakeAdapter({ transaction: nesting })).transaction(['a'], (outer) =>
        outer.transaction(['a'], (inner) => inner.enrolments.write([], CONTEXT)),
      ),
    );
    expect(seen).toEqual([deadlock, deadlock]);
    expect(error).toEqual(failed('enrolments.write', deadlock));
  });
});
