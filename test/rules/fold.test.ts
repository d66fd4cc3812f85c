import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fold } from '../../src/rules/fold.js';
import { isBlankText } from '../../src/text/blank-text.js';
import { runs } from '../model/runs.js';

afterEach(() => vi.restoreAllMocks());

describe('§7.1 folding text', () => {
  it.each([
    ['letter case', 'Bristol', 'bRISTOL'],
    ['NFKC: composed and decomposed', 'caf\u00e9', 'cafe\u0301'],
    ['NFKC: full-width letters', 'ＡＢＣ１', 'abc1'],
    ['NFKC: a ligature', 'oﬀice', 'OFFICE'],
    ['white space at the ends', '  Bristol\t', 'Bristol'],
    ['runs of white space', 'New \t\n York', 'new york'],
    ['a non-breaking space', 'New\u00a0York', 'New York'],
    ['non-breaking spaces at the ends', '\u00a0Bristol\u00a0', 'Bristol'],
    ['a mix of spaces', 'New\u00a0 \u2003York', 'New York'],
    ['next line, which is white space to Unicode alone', 'New\u0085York', 'New York'],
    ['white space that NFKC brings', '\u00a8', '\u0308'],
    ['ß and SS', 'Straße', 'STRASSE'],
    ['final and other sigma', 'ΟΔΟΣ', 'οδος'],
    ['σ and ς', 'σ', 'ς'],
    ['a soft hyphen', 'Bris\u00adtol', 'Bristol'],
    ['zero-width spaces', '\u200bBris\u200btol\ufeff', 'Bristol'],
    ['joiners within an emoji', '👩\u200d🚀', '👩🚀'],
    ['a joiner within a Persian word', 'می\u200cخواهم', 'میخواهم'],
    ['marks of direction', '\u202eBristol\u202c', 'Bristol'],
    ['a tag, which is two units', 'Bristol\u{e0062}', 'Bristol'],
    ['white space around a format character', 'New \u2060 York', 'New York'],
    ['a letter and its accent with a format character between them', 'e\u200b\u0301', 'é'],
    ['a non-breaking hyphen', 'Wi\u2011Fi', 'Wi-Fi'],
    ['en and em dashes', '2020\u20132026 \u2014', '2020-2026 -'],
    ['a minus sign', '\u22125', '-5'],
    ['a full-width hyphen', 'a\uff0db', 'a-b'],
    ['capitals that compose where small letters do not', '\u0390', '\u03aa\u0301'],
    ['a dotless i, which is no letter of its own in capitals', 'ı', 'i'],
  ])('folding makes %s equal', (_, a, b) => {
    expect(fold(a)).toBe(fold(b));
  });

  it.each([
    ['a dotted capital I', 'İ', 'I'],
    ['accents', 'cafe', 'café'],
    ['white space within and none', 'New York', 'NewYork'],
    ['a hyphen and none', 'co-op', 'coop'],
    ['a hyphen and a space', 'co-op', 'co op'],
    ['a long vowel, which only looks like a dash', 'ラーメン', 'ラ-メン'],
    ['an underscore', 'a_b', 'a-b'],
    ['a number with zeros', '007', '7'],
  ])('folding keeps %s distinct', (_, a, b) => {
    expect(fold(a)).not.toBe(fold(b));
  });

  it('folding is independent of the locale', () => {
    const turkish = String.prototype.toLocaleUpperCase;
    vi.spyOn(String.prototype, 'toLocaleUpperCase').mockImplementation(function (this: string) {
      return turkish.call(this, 'tr');
    });
    expect(fold('istanbul')).toBe('ISTANBUL');
  });

  const units = fc.oneof(
    fc.constantFrom('a', 'ß', 'é', 'ΐ', ' ', '\u00a0', '\u0301', '\u0345', '-', '\u2011', '\u2212'),
    fc.constantFrom('\u200b', '\u00ad', '\ufeff', '\u{e0001}', '\udb40', '\udc01', '\ud83d', '\ude00'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  );
  const texts = fc.array(units, { maxLength: 12 }).map((parts) => parts.join(''));

  it('folding folded text changes nothing', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
      runs(5_000),
    );
  });

  it('folding ignores case and format characters anywhere in text', () => {
    const plain = fc.string({ unit: fc.constantFrom('a', 'B', '1', '-', ' '), maxLength: 12 });
    fc.assert(
      fc.property(plain, fc.nat(12), fc.constantFrom('\u200b', '\u00ad', '\u200d\u{e0062}'), (text, at, format) => {
        expect(fold(text.slice(0, at) + format + text.slice(at))).toBe(fold(text));
        expect(fold(text.toUpperCase())).toBe(fold(text));
        expect(fold(text)).toBe(text.replace(/ +/g, ' ').trim().toUpperCase());
      }),
      runs(1_000),
    );
  });

  it('text folds to an empty text exactly if it is blank', () => {
    for (let point = 0; point <= 0x10ffff; point++) {
      const letter = String.fromCodePoint(point);
      if (isBlankText(letter) !== (fold(letter) === '')) expect.fail(`U+${point.toString(16)}`);
    }
    fc.assert(
      fc.property(texts, (text) => {
        expect(isBlankText(text)).toBe(fold(text) === '');
      }),
      runs(1_000),
    );
  });

  it('folding takes time in proportion to the text', () => {
    const halves = '\udb40'.repeat(50_000) + '\u200b'.repeat(50_000) + '\udc01'.repeat(50_000);
    expect(fold(halves)).toHaveLength(100_001);
  });
});
