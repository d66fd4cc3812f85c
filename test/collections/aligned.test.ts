import { expect, it, vi } from 'vitest';
import { aligned } from '../../src/collections/aligned.js';

const row = (id: string) => ({ id });
const beside = (ids: string[], rows: string[]) => aligned(ids, rows.map(row), ({ id }) => id).map((found) => found?.id);

it.each([
  [
    ['a', 'b', 'c'],
    ['a', 'b', 'c'],
  ],
  [['a', 'b', 'c'], ['b']],
  [['a', 'b', 'c'], []],
  [
    ['c', 'a', 'b'],
    ['a', 'b'],
  ],
  [
    ['a', 'b', 'c'],
    ['c', 'a'],
  ],
  [
    ['b', 'a', 'c'],
    ['a', 'b', 'c'],
  ],
])('aligned returns for the ids %j the matching rows of %j', (ids, rows) => {
  expect(beside(ids, rows)).toEqual(ids.map((id) => (rows.includes(id) ? id : undefined)));
});

it.each([
  [['a', 'b', 'c'], ['a', 'b', 'c'], 3],
  [['a', 'b', 'c'], ['b'], 2],
  [['a', 'b', 'c'], ['a', 'c'], 3],
  [['a', 'b'], [], 0],
])('aligned reads rows once if the rows %j of the ids %j are in order', (ids, rows, looks) => {
  const idOf = vi.fn(({ id }: { id: string }) => id);
  expect(aligned(ids, rows.map(row), idOf)).toHaveLength(ids.length);
  expect(idOf).toHaveBeenCalledTimes(looks);
});
