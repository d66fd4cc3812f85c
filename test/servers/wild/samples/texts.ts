import { fold } from '../../../../src/rules/fold.js';
import type { Expected, Sample } from '../column-kind.js';
import { BLANK, sample, value } from './sample.js';

/** Text that a collation, a trim or a cast may treat as equal to other text. */
const TEXTS = [
  ...[
    '',
    ' ',
    '   ',
    '\t\n',
    '\u00a0',
    'Bristol',
    'bristol',
    'BRISTOL',
    'Bristol',
    ' Bristol',
    'Bristol ',
    'Bristol  ',
  ],
  ...['Bristol\t', 'Bri stol', 'Bri  stol', 'Bri\u00a0stol', 'Bristols', 'Bristo'],
  ...['Malaga', 'Málaga', 'Ma\u0301laga', 'MÁLAGA', 'cafe', 'café', 'cafe\u0301', 'CAFÉ', 'Cafe '],
  ...['straße', 'STRASSE', 'strasse', 'ß', 'ss', '\ufb01le', 'file', 'İstanbul', 'istanbul', 'ISTANBUL', 'ıstanbul'],
  ...['Ω', '\u2126', 'ω', 'ς', 'σ', 'Ａ', 'ａ', 'a', '½', '1⁄2', 'é', 'e\u0301', 'Å', '\u212b', 'A\u030a'],
  ...['zero\u200bwidth', 'zerowidth', 'soft\u00adhyphen', 'softhyphen', 'non\u2011breaking', 'non-breaking', '\u200b'],
  ...['007', '7', '7.0', '1e3', 'true', 'null', 'NULL', '[]', '{"a":1}', '2026-03-01', 'abc'],
  ...[
    "O'Brien",
    '%',
    '_',
    'a%b',
    'a_b',
    'back\\slash',
    '"quoted"',
    '{curly,brace}',
    '日本語',
    '😀',
    '👩‍👩‍👧',
    '\u{1f600}a',
  ],
  ...['x'.repeat(600), `${'x'.repeat(600)}y`, `${'é'.repeat(300)}`],
];

/** Expects the same text; white space alone is blank, however much of it is read. */
function textSample(text: string, expectation: (text: string) => Expected): Sample {
  return sample(text, fold(text) === '' ? BLANK : expectation(text));
}

/** Messy texts that a column can store, and NULL. */
export function texts(
  canHold: (text: string) => boolean = () => true,
  expectation: (text: string) => Expected = value,
) {
  return [sample(null, BLANK), ...TEXTS.filter(canHold).map((text) => textSample(text, expectation))];
}

/** Whether a text has only Latin-1 characters. */
export const isLatin1 = (text: string): boolean => /^[\0-\u007f\u00a0-\u00ff]*$/u.test(text);

/** Whether a text has no characters beyond the basic plane. */
export const isBasic = (text: string): boolean => !/[\u{10000}-\u{10ffff}]/u.test(text);

/** More different texts than the library lists, which differ by case, accents and numbers. */
export function manyTexts(): Sample[] {
  const stems = ['site', 'Site', 'café', 'cafe', 'Málaga'];
  return Array.from({ length: 5_200 }, (_, i) => {
    const text = `${stems[i % stems.length]} ${Math.floor(i / stems.length)}`;
    return sample(text, value(text));
  });
}
