import type { Sample } from '../column-kind.js';
import { BLANK, BLOCKED, either, sample, value } from './sample.js';

const exactly = (numbers: readonly number[]): Sample[] =>
  numbers.map((number) => sample(String(number), value(number)));

/** A whole number that a double can represent only by rounding: reading it as another number would be wrong. */
const tooPrecise = (digits: string): Sample => sample(digits, BLOCKED);

/** A whole number beyond 2^53 that a double represents exactly. */
const beyondSafe = (digits: string): Sample => sample(digits, either(value(Number(digits)), BLOCKED));

/** 32-bit integers, and NULL. */
export const integers: readonly Sample[] = [
  sample(null, BLANK),
  ...exactly([0, 1, 2, 3, 3, 7, 10, 42, -1, -2, -7, 999, 1000, 1001, 2_147_483_647, -2_147_483_648]),
];

/** 64-bit integers. */
export const bigIntegers: readonly Sample[] = [
  ...integers,
  ...exactly([4_294_967_296, 2 ** 53 - 1, -(2 ** 53) + 1]),
  ...['9007199254740993', '9223372036854775807', '-9223372036854775807', '-9007199254740993'].map(tooPrecise),
  ...['9007199254740992', '1152921504606846976'].map(beyondSafe),
];

/** Decimal numbers of up to ten digits on either side of the point. */
export const decimals: readonly Sample[] = [
  ...integers,
  ...exactly([0.1, 0.2, 0.3, 1.1, 1.5, 2.5, -0.1, 1e-9, 99.99, 100.01, 1234567.8901]),
  sample('0.3000000001', value(0.300_000_000_1)),
];

/** Double-precision numbers. */
export const doubles: readonly Sample[] = [
  ...decimals,
  ...exactly([1e15, 1e16, 1e21, 1e100, 1.7976931348623157e308, 5e-324, -1e-300, 0.1 + 0.2]),
  sample('-0', value(0)),
];

/** The same on SQLite, which neither writes nor parses very large and very small ones exactly. */
export const sqliteReals: readonly Sample[] = doubles.map((one) => {
  const size = Math.abs(Number(one.stored));
  return size > 1e30 || (size > 0 && size < 1e-30) ? { ...one, expected: BLOCKED } : one;
});

/** Other values of Postgres's number types. */
export const notFinite: readonly Sample[] = ['NaN', 'Infinity', '-Infinity'].map((text) => sample(text, BLOCKED));

/** Text in a column of a number field. */
export const numberTexts: readonly Sample[] = [
  sample(null, BLANK),
  sample('', BLANK),
  sample('  ', BLANK),
  ...['42', ' 42 ', '1.5', '-7', '0'].map((text) => sample(text, either(value(Number(text)), BLOCKED))),
  ...['abc', '4 2', '1,5', 'NaN', 'Infinity', '١'].map((text) => sample(text, BLOCKED)),
  ...['1e3', '0x1F', '007'].map((text) => sample(text, either(value(Number(text)), BLOCKED))),
];

/** More different whole numbers than the library lists. */
export function manyNumbers(): Sample[] {
  return Array.from({ length: 5_200 }, (_, i) => sample(String(i * 3 - 5_000), value(i * 3 - 5_000)));
}

/** More different decimal numbers than the library lists. */
export function manyDecimals(): Sample[] {
  return Array.from({ length: 5_200 }, (_, i) => {
    const number = (i - 1_000) / 8;
    return sample(String(number), value(number));
  });
}
