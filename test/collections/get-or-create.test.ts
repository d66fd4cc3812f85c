import { expect, it, vi } from 'vitest';
import { getOrCreate } from '../../src/collections/get-or-create.js';

it.each([0, '', false, null, 'x'])('getOrCreate creates a value once and keeps it, even %j', (value) => {
  const map = new Map<string, unknown>();
  const make = vi.fn(() => value);
  expect([getOrCreate(map, 'k', make), getOrCreate(map, 'k', make)]).toEqual([value, value]);
  expect(make).toHaveBeenCalledTimes(1);
  expect([...map]).toEqual([['k', value]]);
});
