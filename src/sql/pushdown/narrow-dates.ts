import type { Condition } from '../../model/rule.js';
import { parseInstant } from '../../rules/instant.js';
import type { ColumnFacts } from '../host/columns/column-facts.js';
import type { Dialect } from '../statement/driver.js';
import { type Fragment, raw, sql } from '../statement/fragment.js';
import { comparedSuperset, type Order, SQL_OPERATORS } from './compared-superset.js';
import { exactly, FALSE, isNotTrue, type Superset, some, TRUE } from './narrow-superset.js';
import { type ComparedAs, oneOfValues } from './one-of.js';

const DAY = 86_400_000;
/** Databases can store dates outside the years 1 to 9999, which are read as malformed; no date outside them is written in SQL. */
const [FIRST, END] = [-62_135_596_800_000, 253_402_300_800_000];
/** Within this distance from 1970, each microsecond has a distinct number of milliseconds as a double. */
const EXACT = 2 ** 42;
/** How far two sessions in different time zones may differ, in milliseconds. */
const ZONES = 26 * 3_600_000;
/** Up to this many instants are compared range by range. */
const FEW = 16;

/** How a date type compares with the instants that its values are read as. */
export interface DateType {
  readonly compared: ComparedAs;
  /** Whether its values are dates without time, read as midnight UTC. */
  readonly isDay: boolean;
  /** By how many milliseconds two sessions' readings of one value may differ. */
  readonly margin: number;
}

const TYPES: { readonly [D in Dialect]: { readonly [type: string]: DateType } } = {
  postgres: {
    date: { compared: { cast: 'date' }, isDay: true, margin: 0 },
    timestamp: { compared: { cast: 'timestamp' }, isDay: false, margin: 0 },
    timestamptz: { compared: { cast: 'timestamptz' }, isDay: false, margin: 0 },
  },
  mysql: {
    date: { compared: { cast: 'DATE' }, isDay: true, margin: 0 },
    datetime: { compared: { cast: 'DATETIME(6)' }, isDay: false, margin: 0 },
    // One session reads it in its own time zone, and another compares it in a different one.
    timestamp: { compared: { cast: 'DATETIME(6)' }, isDay: false, margin: ZONES },
  },
  // SQLite has no date type.
  sqlite: {},
};

/** Returns how a date column compares; undefined for any other column. */
export function dateType(dialect: Dialect, { type, isArray }: ColumnFacts): DateType | undefined {
  return isArray || !Object.hasOwn(TYPES[dialect], type) ? undefined : TYPES[dialect][type];
}

/** The superset of a condition on a date column, without learners whose value is an {@link irregularDate}. */
export function datesSuperset(
  dialect: Dialect,
  column: Fragment,
  type: DateType,
  condition: Condition,
): Superset | undefined {
  return comparedSuperset(column, condition, {
    operand: (value) => parseInstant(value as string)!,
    ordered: (op, instant) => ordered(dialect, column, type, op, instant),
    equalToOne: (instants) => equalToOne(dialect, column, type, instants),
  });
}

function ordered(dialect: Dialect, column: Fragment, type: DateType, op: Order, instant: number): Superset {
  if (type.isDay) {
    const day = (op === 'lt' || op === 'gte' ? Math.ceil : Math.floor)(instant / DAY) * DAY;
    return exactly(compared(dialect, column, type, op, day));
  }
  const by = marginOf(type, instant);
  const [less, more] = [Math.floor(instant - by), Math.ceil(instant + by)];
  const isLess = op === 'lt' || op === 'lte';
  return {
    holds: compared(dialect, column, type, op, isLess ? more : less),
    fails: isNotTrue(compared(dialect, column, type, op, isLess ? less : more)),
  };
}

/** How far a stored value may be from an instant and still be read as equal to it, or on its other side. */
function marginOf({ margin }: DateType, instant: number): number {
  return margin > 0 || !Number.isInteger(instant) || Math.abs(instant) > EXACT ? margin + 1 : 0;
}

function compared(dialect: Dialect, column: Fragment, type: DateType, op: Order, at: number): Fragment {
  const isLess = op === 'lt' || op === 'lte';
  if (at < FIRST || at >= END) return at < FIRST === isLess ? FALSE : sql`${column} IS NOT NULL`;
  const text = sql`${written(type, at)}`;
  const literal = sql`CAST(${dialect === 'postgres' ? sql`${text}::text` : text} AS ${raw(type.compared.cast)})`;
  return sql`${column} ${raw(SQL_OPERATORS[op])} ${literal}`;
}

/** An instant in a format that Postgres reads the same under every DateStyle. */
function written({ isDay, compared: { cast } }: DateType, at: number): string {
  const iso = new Date(at).toISOString();
  return isDay ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, -1)}${cast === 'timestamptz' ? '+00' : ''}`;
}

function equalToOne(dialect: Dialect, column: Fragment, type: DateType, instants: readonly number[]): Superset {
  const within = instants.filter((at) => at >= FIRST && at < END);
  if (type.isDay || within.every((at) => marginOf(type, at) === 0)) {
    const texts = within.flatMap((at) => (type.isDay && at % DAY !== 0 ? [] : written(type, at)));
    return exactly(oneOfValues(dialect, column, texts, type.compared));
  }
  const [least, most] = within.reduce(([a, b], at) => [Math.min(a, at), Math.max(b, at)], [Infinity, -Infinity]);
  const ranges = within.length <= FEW ? within.map((at) => [at, at] as const) : [[least, most] as const];
  const holds = ranges.map(([from, to]) => {
    const after = compared(dialect, column, type, 'gte', Math.floor(from - marginOf(type, from)));
    const before = compared(dialect, column, type, 'lte', Math.ceil(to + marginOf(type, to)));
    return sql`(${after} AND ${before})`;
  });
  return { holds: some(holds), fails: TRUE };
}

/** A condition for rows whose date is read as malformed, or may be. */
export function irregularDate(dialect: Dialect, column: Fragment, { isDay, compared: { cast } }: DateType): Fragment {
  if (dialect === 'postgres') {
    if (cast === 'timestamptz') {
      // Read in the session's time zone, with its offset, which has seconds if the zone had no standard time yet.
      const old = sql`${column} < CAST('1973-01-01 00:00:00+00' AS timestamptz) AND CAST(to_json(${column}) AS text) ~ '[+-][0-9]{2}:[0-9]{2}:[0-9]{2}"$'`;
      return sql`(${column} < CAST('0001-01-03 00:00:00+00' AS timestamptz) OR ${column} > CAST('9999-12-29 00:00:00+00' AS timestamptz) OR ${old})`;
    }
    const last = raw(isDay ? `'9999-12-31'` : `'9999-12-31 23:59:59.999999'`);
    return sql`(${column} < CAST('0001-01-01' AS ${raw(cast)}) OR ${column} > CAST(${last} AS ${raw(cast)}))`;
  }
  // Dates with month or day 0, and days that a month does not have, may be stored whatever the current SQL mode is.
  const real = sql`(${column} + INTERVAL 0 DAY)`;
  return sql`(CONVERT(${column} USING utf8mb4) LIKE '0000-%' OR ${column} IS NOT NULL AND (${real} IS NULL OR ${real} <> ${column}))`;
}
