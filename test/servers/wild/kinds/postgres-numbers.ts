import type { ColumnKind, Sample } from '../column-kind.js';
import { numberArrays } from '../samples/lists.js';
import {
  bigIntegers,
  decimals,
  doubles,
  integers,
  manyDecimals,
  manyNumbers,
  notFinite,
  numberTexts,
} from '../samples/numbers.js';
import { undeclared } from './stored-elsewhere.js';

const native = (type: string, samples: readonly Sample[], more: Partial<ColumnKind> = {}): ColumnKind => ({
  ...{ name: type, column: type, type: 'number', place: 'column', native: true, write: `CAST(? AS ${type})`, samples },
  ...more,
});

const small = integers.filter(({ stored }) => Math.abs(Number(stored)) < 32_768);

/** Columns of numbers, and of text for number fields. */
export const postgresNumbers: readonly ColumnKind[] = [
  native('smallint', small),
  native('integer', integers, { indexed: true, many: manyNumbers() }),
  native('bigint', bigIntegers, { indexed: true }),
  native('numeric', [...decimals, ...notFinite], { many: manyDecimals() }),
  native('numeric(20, 10)', decimals, { indexed: true }),
  native('double precision', [...doubles, ...notFinite], { indexed: true }),
  native('real', [...small, ...notFinite]),
  native('quantity', decimals, {
    name: 'a domain over numeric',
    setup: ['CREATE DOMAIN quantity AS numeric'],
  }),
  native('integer', integers, { name: 'integer through a view in another schema', view: true }),
  undeclared(native('integer', integers)),
  { ...native('integer[]', numberArrays), native: undefined },
  {
    name: 'text declared number',
    column: 'text',
    type: 'number',
    place: 'column',
    samples: numberTexts,
    indexed: true,
  },
];
