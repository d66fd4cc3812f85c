import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Affixes, Needles } from '../../src/rules/needles.js';
import { runs } from '../model/runs.js';

/** Words over few letters, so that they overlap, and a pair of surrogates, which may be cut in two. */
const word = (maxLength: number) =>
  fc.string({ unit: fc.constantFrom('a', 'b', '\ud83d', '\ude00'), minLength: 1, maxLength });

const finders = [
  ['contains', () => new Needles(), (text: string, needle: string) => text.includes(needle)],
  ['starts with', () => new Affixes('start'), (text: string, needle: string) => text.startsWith(needle)],
  ['ends with', () => new Affixes('end'), (text: string, needle: string) => text.endsWith(needle)],
] as const;

it.each(finders)('each search text that a text %s is found once, whatever else is searched for', (_, make, has) => {
  fc.assert(
    fc.property(fc.uniqueArray(word(5), { maxLength: 12 }), fc.array(word(12)), (needles, texts) => {
      const finder = make();
      for (const [slot, needle] of needles.entries()) finder.add(needle, slot);
      for (const text of texts) {
        const found: number[] = [];
        finder.mark(text, found);
        const expected = [...needles.keys()].filter((slot) => has(text, needles[slot]!));
        expect(found.sort((a, b) => a - b)).toEqual(expected);
      }
    }),
    runs(500),
  );
});

it('search texts that are added later are found', () => {
  const needles = new Needles();
  const found = () => {
    const slots: number[] = [];
    needles.mark('xabcx', slots);
    return slots;
  };
  needles.add('bc', 1);
  expect(found()).toEqual([1]);
  needles.add('c', 2);
  needles.add('abcd', 3);
  needles.add('bc', 4);
  expect(found().sort()).toEqual([1, 2, 4]);
});

it('a text of one repeated letter is read once although every search text occurs everywhere', () => {
  const needles = new Needles();
  for (let length = 1; length <= 2_000; length++) needles.add('a'.repeat(length), length);
  const found: number[] = [];
  needles.mark('a'.repeat(20_000), found);
  expect(found).toHaveLength(2_000);
});

it('a search text inside the prefix of another is found', () => {
  const needles = new Needles();
  for (const [slot, needle] of ['xabcz', 'abcd', 'c'].entries()) needles.add(needle, slot);
  const found: number[] = [];
  needles.mark('xabc', found);
  expect(found).toEqual([2]);
});

it('search texts of millions of characters are found', () => {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const long = Array.from({ length: 5 }, (_, i) => letters[i]! + letters.slice(i).repeat(20_000));
  const needles = new Needles();
  for (const [slot, needle] of long.entries()) needles.add(needle, slot);
  const found: number[] = [];
  needles.mark(`z${long[3]}z`, found);
  expect(found).toEqual([3]);
});
