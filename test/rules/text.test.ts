import { afterEach, describe, expect, it, vi } from 'vitest';
import { fold } from '../../src/rules/text.js';

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
    ['a dotless i, which is no letter of its own in capitals', 'ı', 'i'],
  ])('makes %s equal', (_, a, b) => {
    expect(fold(a)).toBe(fold(b));
  });

  it.each([
    ['a dotted capital I', 'İ', 'I'],
    ['accents', 'cafe', 'café'],
    ['white space within and none', 'New York', 'NewYork'],
    ['a number with zeros', '007', '7'],
  ])('keeps %s apart', (_, a, b) => {
    expect(fold(a)).not.toBe(fold(b));
  });

  it('asks no locale', () => {
    const turkish = String.prototype.toLocaleUpperCase;
    vi.spyOn(String.prototype, 'toLocaleUpperCase').mockImplementation(function (this: string) {
      return turkish.call(this, 'tr');
    });
    expect(fold('istanbul')).toBe('ISTANBUL');
  });
});
