import type { Sample } from '../column-kind.js';
import { BLANK, BLOCKED, either, sample, value } from './sample.js';

/** NULL, true and false in a column of that type. */
export const truths: readonly Sample[] = [
  sample(null, BLANK),
  ...['true', 'false', 'true', 'true'].map((text) => sample(text, value(text === 'true'))),
];

/** Numbers in a column of a boolean field. */
export const numberTruths: readonly Sample[] = [
  sample(null, BLANK),
  ...['1', '0', '1', '0'].map((text) => sample(text, value(text === '1'))),
  ...['2', '-1', '7'].map((text) => sample(text, BLOCKED)),
];

/** Bits in a column of a boolean field. */
export const bitTruths: readonly Sample[] = [
  sample(null, BLANK),
  ...['1', '0', '1'].map((text) => sample(text, value(text === '1'))),
];

/** Words in a text column of a boolean field. */
export const wordTruths: readonly Sample[] = [
  sample(null, BLANK),
  ...['', ' '].map((text) => sample(text, BLANK)),
  ...['true', 't', '1', 'Y', 'y', 'yes', 'on', 'TRUE'].map((text) => sample(text, value(true))),
  ...['false', 'f', '0', 'N', 'n', 'no', 'off', 'No'].map((text) => sample(text, value(false))),
  ...['maybe', 'x', '2', 'ja'].map((text) => sample(text, BLOCKED)),
];

/** One letter in a `char(1)` column of a boolean field. */
export const letterTruths: readonly Sample[] = [
  sample(null, BLANK),
  ...['Y', 'y', '1', 't'].map((text) => sample(text, value(true))),
  ...['N', 'n', '0', 'f'].map((text) => sample(text, value(false))),
  sample(' ', either(BLANK, BLOCKED)),
  ...['x', '2'].map((text) => sample(text, BLOCKED)),
];
