import type { FieldType } from '../../../../src/core.js';
import type { ColumnKind, Sample } from '../column-kind.js';
import { numberTruths, wordTruths } from '../samples/booleans.js';
import { dateTexts, days, manyDays } from '../samples/dates.js';
import { noObjects, oddEscapes, oddNumbers, unparsable } from '../samples/json.js';
import { bigIntegers, integers, manyNumbers, numberTexts, sqliteReals } from '../samples/numbers.js';
import { BLOCKED, either, sample, value } from '../samples/sample.js';
import { manyTexts, texts } from '../samples/texts.js';
import { jsonKinds, undeclared, valueKinds } from './stored-elsewhere.js';

const kind = (
  type: FieldType,
  column: string,
  samples: readonly Sample[],
  more: Partial<ColumnKind> = {},
): ColumnKind => ({
  ...{ name: `${column} declared ${type}`, column, type, place: 'column', samples },
  ...more,
});
const native = { native: true, indexed: true } as const;
const strict = { tableOptions: 'STRICT' };
const inStrict = (made: ColumnKind): ColumnKind => ({ ...made, ...strict, name: `${made.name}, STRICT` });
/** A column of a table that is not STRICT may have values of any type. */
const strays = ['abc', ''].map((text) => sample(text, text === '' ? { is: 'blank' } : BLOCKED));
const infinite = sample('9e999', BLOCKED);
const asNumber = { write: 'CAST(? AS NUMERIC)' };

/** The kinds of SQLite columns. */
export const sqliteKinds: readonly ColumnKind[] = [
  kind('text', 'TEXT', texts(), { indexed: true }),
  kind('text', 'TEXT COLLATE NOCASE', texts(), { indexed: true, many: manyTexts() }),
  kind('text', 'TEXT COLLATE RTRIM', texts(), { indexed: true }),
  inStrict(kind('text', 'TEXT COLLATE NOCASE', texts())),
  inStrict(kind('text', 'ANY', [...texts(), sample(5, either(BLOCKED, value('5')))])),
  kind('text', 'TEXT', texts(), { name: 'TEXT through a view', view: true }),
  kind('text', 'TEXT', [...texts(), sample('BYTES', either(BLOCKED, value('B\ufffd')))], {
    name: 'TEXT that holds bytes as well',
    write: "CASE ? WHEN 'BYTES' THEN x'42c3' ELSE ? END",
  }),
  undeclared(kind('text', 'TEXT', texts())),
  kind('number', 'INTEGER', [...bigIntegers, ...strays], { ...native, many: manyNumbers() }),
  inStrict(kind('number', 'INTEGER', bigIntegers, { ...native, ...asNumber })),
  kind('number', 'REAL', [...sqliteReals, infinite, ...strays], native),
  inStrict(kind('number', 'REAL', [...sqliteReals, infinite], { ...native, write: 'CAST(? AS REAL)' })),
  kind('number', 'NUMERIC', [...sqliteReals, ...strays], native),
  inStrict(kind('number', 'ANY', integers, asNumber)),
  kind('number', 'TEXT', numberTexts),
  undeclared(kind('number', 'INTEGER', integers)),
  kind('date', 'TEXT', dateTexts, { indexed: true, many: manyDays() }),
  inStrict(kind('date', 'TEXT', days)),
  kind('boolean', 'INTEGER', numberTruths, native),
  kind('boolean', 'BOOLEAN', numberTruths, native),
  kind('boolean', 'TEXT', wordTruths),
  ...jsonKinds('TEXT', [...noObjects, ...oddEscapes, ...oddNumbers, ...unparsable]),
  ...valueKinds('TEXT'),
];
