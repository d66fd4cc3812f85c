import { expect, test } from 'vitest';
import { compileTypes } from './compile-types.js';

test("the wrappers accept the clients by the clients' own types", () => {
  expect(compileTypes('types')).toBe('');
});
