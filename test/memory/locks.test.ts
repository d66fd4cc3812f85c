import { describe, expect, test } from 'vitest';
import { Locks } from '../../src/memory/locks.js';
import { gate } from '../../src/testkit/gate.js';
import { waits } from './waits.js';

describe('locks', () => {
  test('locks run one work at a time on an id, in the order of the requests', async () => {
    const locks = new Locks();
    const order: string[] = [];
    const work = (name: string, ids: readonly string[]) =>
      locks.hold(ids, async () => {
        order.push(`${name} begins`);
        await Promise.resolve();
        order.push(`${name} ends`);
      });
    await Promise.all([work('a', ['1', '2']), work('b', ['2', '3']), work('c', ['3', '1'])]);
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  test('locks run works on other ids, or on none, concurrently', async () => {
    const locks = new Locks();
    const held = gate();
    const first = locks.hold(['1'], () => held.opened);
    await locks.hold(['2'], async () => {});
    await locks.hold([], async () => {});
    expect(await waits(first)).toBe(true);
    held.open();
    await first;
  });

  test('locks do not deadlock when ids are named in opposite orders', async () => {
    const locks = new Locks();
    const works = ['12', '21', '123', '321', '13', '32'].map((ids) => locks.hold(ids, async () => ids));
    expect(await Promise.all(works)).toEqual(['12', '21', '123', '321', '13', '32']);
  });

  test('a request waits while an earlier waiting request has its turn', async () => {
    const locks = new Locks();
    const turn = gate();
    const first = locks.hold(['1'], async () => {});
    const second = locks.hold(['1'], () => turn.opened);
    await first;
    const third = locks.hold(['1'], async () => {});
    expect(await waits(third)).toBe(true);
    turn.open();
    await Promise.all([second, third]);
  });

  test('an id that is named twice is locked once', async () => {
    expect(await new Locks().hold(['1', '1'], async () => 'done')).toBe('done');
  });

  test('locks are released after a work that fails, and unused ids are forgotten', async () => {
    const locks = new Locks();
    const failing = locks.hold(['1', ''], async () => {
      throw new Error('failed');
    });
    const next = locks.hold(['1'], async () => 'done');
    await expect(failing).rejects.toThrow('failed');
    expect(await next).toBe('done');
    expect(locks.size).toBe(0);
  });
});
