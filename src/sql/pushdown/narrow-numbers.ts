import type { Condition } from '../../model/rule.js';
import { isExactReal, LARGEST_REAL, SMALLEST_REAL } from '../host/columns/cell.js';
import type { ColumnFacts } from '../host/columns/column-facts.js';
import type { Dialect } from '../statement/driver.js';
import { type Fragment, raw, sql } from '../statement/fragment.js';
import { comparedSuperset, type Order, SQL_OPERATORS } from './compared-superset.js';
import { every, exactly, FALSE, isNotTrue, type Superset } from './narrow-superset.js';
import { type ComparedAs, oneOfValues } from './one-of.js';

const INTEGERS = ['int2', 'int4', 'int8', 'tinyint', 'smallint', 'mediumint', 'int', 'bigint'];
const DECIMALS = ['numeric', 'decimal'];
const FLOATS = ['float4', 'float8', 'float', 'double'];
/** Decimals of up to this many digits convert to distinct doubles in the same order. */
const EXACT_DIGITS = 15;
/** Six digits of a four-byte float are read exactly. */
const FLOAT4_ERROR = 1e-5;
const MAX = Number.MAX_SAFE_INTEGER;
const DOUBLE: { readonly [D in Dialect]: ComparedAs } = {
  postgres: { cast: 'double precision' },
  mysql: { cast: 'DOUBLE' },
  sqlite: { cast: 'REAL' },
};

/** How a number type compares with the numbers that its values are read as. */
export interface NumberType {
  readonly compared: ComparedAs;
  /** Whether the database's comparison equals that of the numbers that are read. */
  readonly isExact: boolean;
  readonly isInteger: boolean;
  /** Which of its numbers are read as another value, or cannot be read. */
  readonly odd: 'none' | 'beyond 2^53' | 'not finite' | 'any';
  /** The largest relative difference between a number that is read and the stored one. */
  readonly error: number;
}

/** Returns how a number column compares; undefined for any other column. */
export function numberType(dialect: Dialect, { type, isArray, precision }: ColumnFacts): NumberType | undefined {
  if (isArray) return undefined;
  const inexact = { isExact: false, isInteger: false, error: 1e-14 };
  // On SQLite a column may hold both numbers and text, unless its affinity is text: then all values are text.
  if (dialect === 'sqlite')
    return type === 'text'
      ? undefined
      : { compared: DOUBLE.sqlite, isExact: true, isInteger: false, odd: 'any', error: 0 };
  if (INTEGERS.includes(type)) {
    const compared = dialect === 'mysql' ? { cast: 'SIGNED', listed: 'BIGINT' } : { cast: 'bigint' };
    const odd = type === 'int8' || type === 'bigint' ? 'beyond 2^53' : 'none';
    return { compared, isExact: true, isInteger: true, odd, error: 0 };
  }
  if (DECIMALS.includes(type)) {
    const compared = dialect === 'postgres' ? { cast: 'numeric' } : { cast: 'DECIMAL(65,30)' };
    const isExact = precision !== null && precision <= EXACT_DIGITS;
    // On Postgres NaN is greater than every number.
    if (isExact) return { compared, ...inexact, isExact, odd: dialect === 'postgres' ? 'beyond 2^53' : 'none' };
    return { compared: dialect === 'postgres' ? compared : DOUBLE.mysql, ...inexact, odd: 'beyond 2^53' };
  }
  if (!FLOATS.includes(type)) return undefined;
  const error = type === 'float4' || type === 'float' ? FLOAT4_ERROR : inexact.error;
  return { compared: DOUBLE[dialect], ...inexact, odd: dialect === 'mysql' ? 'none' : 'not finite', error };
}

/** The superset of a condition on a number column, without learners whose value is an {@link irregularNumber}. */
export function numbersSuperset(
  dialect: Dialect,
  column: Fragment,
  type: NumberType,
  condition: Condition,
): Superset | undefined {
  return comparedSuperset(column, condition, {
    operand: (value) => value as number,
    ordered: (op, value) => ordered(dialect, column, type, op, value),
    equalToOne: (values) => exactly(equalToOne(dialect, column, type, values)),
  });
}

function ordered(dialect: Dialect, column: Fragment, type: NumberType, op: Order, value: number): Superset {
  const isLess = op === 'lt' || op === 'lte';
  const compare = (limit: number): Fragment =>
    sql`${column} ${raw(SQL_OPERATORS[op])} ${literal(dialect, type, limit)}`;
  if (type.isInteger) {
    const rounded = (op === 'lt' || op === 'gte' ? Math.ceil : Math.floor)(value);
    return exactly(compare(Math.min(Math.max(rounded, -MAX - 1), MAX + 1)));
  }
  if (type.isExact) return exactly(compare(value));
  const by = (isLess ? 1 : -1) * marginOf(type, value);
  const [outer, inner] = [compare(value + by), compare(value - by)];
  if (Number(value.toPrecision(digitsRead(type))) !== value) return { holds: outer, fails: isNotTrue(inner) };
  // Between the margins, only the limit itself is certain: it is read exactly as stored.
  const limit = literal(dialect, type, value);
  if (op === 'lt' || op === 'gt') return { holds: sql`(${outer} AND ${column} <> ${limit})`, fails: isNotTrue(inner) };
  return { holds: outer, fails: isNotTrue(sql`(${inner} OR ${column} = ${limit})`) };
}

/** How many decimal digits of a stored number are read exactly. */
function digitsRead({ error }: NumberType): number {
  return error === FLOAT4_ERROR ? 6 : EXACT_DIGITS;
}

function marginOf({ error }: NumberType, value: number): number {
  return Math.abs(value) * error + 1e-300;
}

function equalToOne(dialect: Dialect, column: Fragment, type: NumberType, values: readonly number[]): Fragment {
  if (type.isInteger) {
    const integers = values.filter((value) => Number.isSafeInteger(value));
    return oneOfValues(dialect, column, integers, type.compared);
  }
  if (type.isExact) {
    const written = dialect === 'sqlite' ? values.filter((value) => inRange(value) === value) : values;
    return oneOfValues(dialect, column, written, type.compared);
  }
  if (values.length === 0) return FALSE;
  const [least, most] = values.reduce(
    ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
    [Infinity, -Infinity],
  );
  // First a range, which can use an index; then the number as it is read.
  const range = every([
    sql`${column} >= ${literal(dialect, type, least - marginOf(type, least))}`,
    sql`${column} <= ${literal(dialect, type, most + marginOf(type, most))}`,
  ]);
  const read =
    dialect === 'postgres'
      ? sql`CAST(CAST(${column} AS text) AS double precision)`
      : sql`CAST(TRIM(TRAILING ']' FROM SUBSTRING(JSON_ARRAY(${column}), 2)) AS DOUBLE)`;
  return sql`(${range} AND CASE WHEN ${range} THEN ${oneOfValues(dialect, read, values, DOUBLE[dialect])} ELSE FALSE END)`;
}

/** Returns a number that SQLite parses exactly and that is on the same side of each real that SQLite writes exactly. */
function inRange(value: number): number {
  const size = Math.abs(value);
  if (size > LARGEST_REAL) return Math.sign(value) * LARGEST_REAL * 10;
  return size > 0 && size < SMALLEST_REAL ? (Math.sign(value) * SMALLEST_REAL) / 10 : value;
}

function literal(dialect: Dialect, { compared }: NumberType, value: number): Fragment {
  const written = dialect === 'sqlite' ? inRange(value) : value;
  const text = sql`${String(Math.min(Math.max(written, -Number.MAX_VALUE), Number.MAX_VALUE))}`;
  return sql`CAST(${dialect === 'postgres' ? sql`${text}::text` : text} AS ${raw(compared.cast)})`;
}

/** A condition for rows whose number may be read as another value, or cannot be read. */
export function irregularNumber(column: Fragment, { odd }: NumberType): Fragment {
  const beyond = sql`(${column} > ${raw(String(MAX))} OR ${column} < ${raw(String(-MAX))})`;
  switch (odd) {
    case 'none':
      return FALSE;
    case 'beyond 2^53':
      return beyond;
    case 'not finite':
      return sql`${column} IN ('NaN', 'Infinity', '-Infinity')`;
    case 'any': {
      // On SQLite text is greater than every number. A real beyond 2^53 is read exactly, unless SQLite does not write it exactly.
      const isRead = sql`(typeof(${column}) = 'real' AND ${isExactReal(column)})`;
      const small = raw(String(SMALLEST_REAL));
      const isSmall = sql`${column} > -${small} AND ${column} < ${small} AND ${column} <> 0`;
      return sql`(${beyond} AND NOT ${isRead} OR ${isSmall} OR ${column} >= '')`;
    }
    default:
      return odd satisfies never;
  }
}
