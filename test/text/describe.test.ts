import { expect, it } from 'vitest';
import { describe } from '../../src/text/describe.js';

it.each([
  [[], 'a list'],
  ['secret', 'text'],
  [1, 'a number'],
  [Number.NaN, 'a number that is not finite'],
  [true, 'a boolean'],
  [null, 'null'],
  [undefined, 'nothing'],
  [{}, 'an object'],
  [() => 1, 'a function'],
])('the description of %j is %s', (value, expected) => {
  expect(describe(value)).toBe(expected);
});
