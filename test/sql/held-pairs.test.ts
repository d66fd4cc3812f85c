import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PairNumberReader, updatedHeldPairs } from '../../src/sql/transaction/held-pairs.js';

/** Numbers that are not in numerical order. */
const compare = (a: number, b: number): number => ((a * 7) % 31) - ((b * 7) % 31);
const sortedOnce = (numbers: Iterable<number>): number[] => [...new Set(numbers)].sort(compare);
const numbers = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 12 });

describe('a list of held numbers as text', () => {
  test('PairNumberReader returns each number with its position', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), (given) => {
        const held = given.join();
        const read: number[] = [];
        for (const reader = new PairNumberReader(held); reader.next(); ) {
          read.push(reader.number);
          expect(held.slice(reader.start, reader.end)).toBe(String(reader.number));
        }
        expect(read).toEqual(given);
      }),
    );
  });

  test('updatedHeldPairs inserts numbers in order and once, and then removes the released ones', () => {
    fc.assert(
      fc.property(numbers, numbers, numbers, (before, assigned, released) => {
        const held = sortedOnce(before);
        const isReleased = new Set(released);
        const expected = sortedOnce([...held, ...assigned]).filter((number) => !isReleased.has(number));
        expect(updatedHeldPairs(held.join(), sortedOnce(assigned), released, compare)).toBe(expected.join());
      }),
      { numRuns: 2_000 },
    );
  });
});
