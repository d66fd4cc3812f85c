import { expect, test } from 'vitest';
import { compileTypes } from './compile-types.js';

test("the wrappers accept the clients by the clients' own types", () => {
  expect(compileTypes('types')).toBe('');
});

test('the NestJS service compiles with the types of NestJS and TypeORM', () => {
  expect(compileTypes('nestjs')).toBe('');
});
