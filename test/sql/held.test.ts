import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { heldAfter, Reading } from '../../src/sql/transaction/held.js';

/** Numbers that are not in numerical order. */
const compare = (a: number, b: number): number => ((a * 7) % 31) - ((b * 7) % 31);
const inOrder = (numbers: Iterable<number>): number[] => [...new Set(numbers)].sort(compare);
const numbers = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 12 });

describe('a list of held numbers as text', () => {
  test('Reading returns each number with its position', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), (given) => {
        const held = given.join();
        const read: number[] = [];
        for (const reading = new Reading(held); reading.next(); ) {
          read.push(reading.number);
          expect(held.slice(reading.start, reading.end)).toBe(String(reading.number));
        }
        expect(read).toEqual(given);
      }),
    );
  });

  test('heldAfter inserts numbers in order and once, and then removes the released ones', () => {
    fc.assert(
      fc.property(numbers, numbers, numbers, (before, assigned, released) => {
        const held = inOrder(before);
        const gone = new Set(released);
        const expected = inOrder([...held, ...assigned]).filter((number) => !gone.has(number));
        expect(heldAfter(held.join(), inOrder(assigned), released, compare)).toBe(expected.join());
      }),
      { numRuns: 2_000 },
    );
  });
});
