import type { FieldType } from '../../../../src/core.js';
import type { ColumnKind, Sample } from '../column-kind.js';
import { bitTruths, letterTruths, numberTruths, wordTruths } from '../samples/booleans.js';
import { dateTexts, days, firstDays, localTimes, manyDays, manyTimes, zeroDays } from '../samples/dates.js';
import {
  bigIntegers,
  decimals,
  doubles,
  integers,
  manyDecimals,
  manyNumbers,
  numberTexts,
} from '../samples/numbers.js';

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
const bits = { write: 'CONV(?, 10, 10) + 0' };
const isPositive = ({ stored }: Sample): boolean => stored === null || Number(stored) >= 0;
const isByte = (one: Sample): boolean => isPositive(one) && Number(one.stored) < 256;
/** TIMESTAMP can store the years 1970 to 2038. */
const isTimestamp = ({ stored }: Sample): boolean => stored === null || /^(?:1999|20[0-2]\d)/u.test(String(stored));
const zeroTime = zeroDays.map(({ stored, expected }): Sample => ({ stored: `${stored} 00:00:00`, expected }));
const TEXT = 'VARCHAR(700) CHARACTER SET utf8mb4';

/** Columns of numbers, dates and booleans, and of types that hosts use instead. */
export const mariadbTyped: readonly ColumnKind[] = [
  kind('number', 'INT', integers, { ...native, many: manyNumbers() }),
  kind('number', 'BIGINT', bigIntegers, native),
  kind('number', 'BIGINT UNSIGNED', bigIntegers.filter(isPositive), native),
  kind('number', 'DECIMAL(30, 10)', decimals, { ...native, many: manyDecimals() }),
  kind('number', 'DOUBLE', doubles, native),
  kind(
    'number',
    'FLOAT',
    integers.filter(({ stored }) => Math.abs(Number(stored)) < 2 ** 24),
    native,
  ),
  kind('number', 'BIT(8)', integers.filter(isByte), bits),
  kind('number', TEXT, numberTexts),
  kind('date', 'DATE', [...days, ...firstDays, ...zeroDays], { ...native, many: manyDays() }),
  kind('date', 'DATETIME(6)', [...localTimes, ...zeroTime], { ...native, many: manyTimes() }),
  kind(
    'date',
    'DATETIME',
    localTimes.filter(({ stored }) => !String(stored).includes('.')),
    native,
  ),
  kind('date', 'TIMESTAMP(6) NULL', localTimes.filter(isTimestamp), native),
  kind('date', TEXT, dateTexts),
  kind('boolean', 'BOOLEAN', numberTruths, native),
  kind('boolean', 'BIT(1)', bitTruths, { ...native, ...bits }),
  kind('boolean', 'CHAR(1)', letterTruths),
  kind('boolean', TEXT, wordTruths),
];
