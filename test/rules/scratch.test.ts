import { expect, it } from 'vitest';
import { Scratch } from '../../src/rules/scratch.js';

it('gives words that are all zero, however they were left', () => {
  const scratch = new Scratch();
  for (const words of [4, 2, 9, 0, 4]) {
    const taken = scratch.take(words);
    expect([...taken]).toEqual(Array(words).fill(0));
    taken.fill(-1);
  }
});

it('uses its memory again', () => {
  const scratch = new Scratch();
  const first = scratch.take(8);
  expect(scratch.take(4).buffer).toBe(first.buffer);
  expect(new Scratch().take(8).buffer).not.toBe(first.buffer);
});
