import type { FieldType } from '../../model/learner.js';
import type { Condition } from '../../model/rule.js';
import type { ColumnFacts } from '../host/columns/column-facts.js';
import type { Dialect } from '../statement/driver.js';
import { type Fragment, raw, sql } from '../statement/fragment.js';
import { blankSuperset } from './compared-superset.js';
import { type DateType, datesSuperset, dateType, irregularDate } from './narrow-dates.js';
import { irregularNumber, type NumberType, numbersSuperset, numberType } from './narrow-numbers.js';
import { exactly, FALSE, type Superset } from './narrow-superset.js';

/** A column whose values the database compares as the core does. */
export interface NativeColumn {
  /** The superset of a condition, for learners whose value is regular. */
  superset(condition: Condition): Superset | undefined;
  /** A condition for rows whose value is not regular, and may be read as malformed. */
  readonly irregular: Fragment;
}

/** Returns a column that the database compares natively; undefined if that would not be exact. */
export function nativeColumn(
  dialect: Dialect,
  column: Fragment,
  type: FieldType | undefined,
  facts: ColumnFacts | undefined,
): NativeColumn | undefined {
  if (!facts) return undefined;
  if (type === 'number') {
    const number = numberType(dialect, facts);
    return number && numbers(dialect, column, number);
  }
  if (type === 'date') {
    const date = dateType(dialect, facts);
    return date && dates(dialect, column, date);
  }
  return type === 'boolean' ? booleans(dialect, column, facts) : undefined;
}

function numbers(dialect: Dialect, column: Fragment, type: NumberType): NativeColumn {
  return {
    superset: (condition) => numbersSuperset(dialect, column, type, condition),
    irregular: irregularNumber(column, type),
  };
}

function dates(dialect: Dialect, column: Fragment, type: DateType): NativeColumn {
  return {
    superset: (condition) => datesSuperset(dialect, column, type, condition),
    irregular: irregularDate(dialect, column, type),
  };
}

/** A column of booleans, or of the numbers 0 and 1, which are read as booleans. */
function booleans(dialect: Dialect, column: Fragment, facts: ColumnFacts): NativeColumn | undefined {
  const isBoolean = !facts.isArray && facts.type === 'bool';
  const isBit = facts.declared === 'bit(1)' && dialect === 'mysql';
  const number = numberType(dialect, facts);
  if (!isBoolean && !isBit && !number?.isInteger && dialect !== 'sqlite') return undefined;
  if (dialect === 'sqlite' && !number) return undefined;
  const truth = (value: boolean): Fragment => raw(isBoolean ? String(value).toUpperCase() : value ? '1' : '0');
  return {
    superset(condition) {
      if (condition.op === 'blank') return blankSuperset(column);
      return condition.op === 'equals' ? exactly(sql`${column} = ${truth(condition.value as boolean)}`) : undefined;
    },
    irregular: isBoolean || isBit ? FALSE : sql`(${column} < 0 OR ${column} > 1 OR ${column} > 0 AND ${column} < 1)`,
  };
}
