import { expect, it } from 'vitest';
import { Scratch } from '../../src/rules/scratch.js';

it('take returns at least as many numbers as requested, and clear sets them to zero', () => {
  const scratch = new Scratch();
  for (const count of [4, 2, 9, 0, 4]) {
    const taken = scratch.clear(count);
    expect([...taken.subarray(0, count)]).toEqual(Array(count).fill(0));
    taken.fill(-1);
    expect(scratch.take(count)).toBe(taken);
    expect(taken[0]).toBe(-1);
  }
});

it('a scratch buffer is reused', () => {
  const scratch = new Scratch();
  const first = scratch.take(8);
  expect(scratch.take(4)).toBe(first);
  expect(scratch.take(9)).not.toBe(first);
  expect(new Scratch().take(8)).not.toBe(first);
});

it('extend keeps the contents', () => {
  const scratch = new Scratch();
  scratch.take(4).fill(7);
  expect([...scratch.extend(4)]).toEqual([7, 7, 7, 7]);
  expect([...scratch.extend(5)].slice(0, 5)).toEqual([7, 7, 7, 7, 0]);
  expect(scratch.take(5)[0]).toBe(7);
});
