import { expect, it } from 'vitest';
import { hasBit, lowestBit, setBit, wordsFor } from '../../src/rules/bits.js';

it.each([
  [0, 0],
  [1, 1],
  [31, 1],
  [32, 1],
  [33, 2],
  [64, 2],
  [65, 3],
])('wordsFor: %i rows take %i words', (rows, words) => {
  expect(wordsFor(rows)).toBe(words);
});

it('setBit sets a bit of one bitmap and of no other', () => {
  const bits = new Int32Array(4);
  for (const row of [0, 31, 32, 63]) setBit(bits, 2, row);
  setBit(bits, 2, 31);
  expect([...Array(64).keys()].filter((row) => hasBit(bits, 2, row))).toEqual([0, 31, 32, 63]);
  expect([...Array(64).keys()].filter((row) => hasBit(bits, 0, row))).toEqual([]);
});

it('lowestBit finds the lowest bit of a word, including the sign bit', () => {
  expect([1, 2, 6, 0x4000_0000, -1, -2, 1 << 31].map(lowestBit)).toEqual([0, 1, 1, 30, 0, 1, 31]);
});
