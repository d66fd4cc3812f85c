import { expect, it } from 'vitest';
import { aligned } from '../../src/model/aligned.js';

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
])('beside the ids %j come those of the rows %j that are of them', (ids, rows) => {
  expect(beside(ids, rows)).toEqual(ids.map((id) => (rows.includes(id) ? id : undefined)));
});
