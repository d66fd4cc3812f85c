import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AffixMatcher } from '../../src/rules/affix-matcher.js';
import { SubstringMatcher } from '../../src/rules/substring-matcher.js';
import { runs } from '../model/runs.js';

/** Words over few letters, so that they overlap, and a pair of surrogates, which may be cut in two. */
const word = (maxLength: number) =>
  fc.string({ unit: fc.constantFrom('a', 'b', '\ud83d', '\ude00'), minLength: 1, maxLength });

const matchers = [
  ['contains', () => new SubstringMatcher(), (text: string, searchText: string) => text.includes(searchText)],
  ['starts with', () => new AffixMatcher('prefix'), (text: string, searchText: string) => text.startsWith(searchText)],
  ['ends with', () => new AffixMatcher('suffix'), (text: string, searchText: string) => text.endsWith(searchText)],
] as const;

it.each(matchers)('each search text that a text %s is found once, whatever else is searched for', (_, make, has) => {
  fc.assert(
    fc.property(fc.uniqueArray(word(5), { maxLength: 12 }), fc.array(word(12)), (searchTexts, texts) => {
      const matcher = make();
      for (const [slot, searchText] of searchTexts.entries()) matcher.add(searchText, slot);
      for (const text of texts) {
        const found: number[] = [];
        matcher.mark(text, found);
        const expected = [...searchTexts.keys()].filter((slot) => has(text, searchTexts[slot]!));
        expect(found.sort((a, b) => a - b)).toEqual(expected);
      }
    }),
    runs(500),
  );
});

it('search texts that are added later are found', () => {
  const matcher = new SubstringMatcher();
  const found = () => {
    const slots: number[] = [];
    matcher.mark('xabcx', slots);
    return slots;
  };
  matcher.add('bc', 1);
  expect(found()).toEqual([1]);
  matcher.add('c', 2);
  matcher.add('abcd', 3);
  matcher.add('bc', 4);
  expect(found().sort()).toEqual([1, 2, 4]);
});

it('a text of one repeated letter is read once although every search text occurs everywhere', () => {
  const matcher = new SubstringMatcher();
  for (let length = 1; length <= 2_000; length++) matcher.add('a'.repeat(length), length);
  const found: number[] = [];
  matcher.mark('a'.repeat(20_000), found);
  expect(found).toHaveLength(2_000);
});

it('a search text inside the prefix of another is found', () => {
  const matcher = new SubstringMatcher();
  for (const [slot, searchText] of ['xabcz', 'abcd', 'c'].entries()) matcher.add(searchText, slot);
  const found: number[] = [];
  matcher.mark('xabc', found);
  expect(found).toEqual([2]);
});

it('search texts of millions of characters are found', () => {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const long = Array.from({ length: 5 }, (_, i) => letters[i]! + letters.slice(i).repeat(20_000));
  const matcher = new SubstringMatcher();
  for (const [slot, searchText] of long.entries()) matcher.add(searchText, slot);
  const found: number[] = [];
  matcher.mark(`z${long[3]}z`, found);
  expect(found).toEqual([3]);
});
