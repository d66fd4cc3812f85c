import type { FieldType, Scalar } from '../../../model/learner.js';
import type { LearnersTable } from './host-tables.js';
import { columnValue, textValue } from './profile-value.js';

type Value = Scalar | readonly Scalar[];

/** The column of one profile field. */
export interface FieldColumn {
  readonly field: string;
  /** The column's name. */
  readonly column: string;
  /** What separates the values of a list in one text; undefined if a text is one value. */
  readonly separator?: string | undefined;
}

/** Returns the columns of all fields that have their own. */
export function fieldColumns({ columns = {} }: LearnersTable): FieldColumn[] {
  return Object.entries(columns).map(([field, column]) =>
    typeof column === 'string' ? { field, column } : { field, ...column },
  );
}

/** Returns the column of one field; undefined if it has none of its own. */
export function fieldColumn(learners: LearnersTable, field: string): FieldColumn | undefined {
  return fieldColumns(learners).find((one) => one.field === field);
}

/** Converts a column's value to the profile's value. A list in a text is read as the rows of a table of values are. */
export function fieldValue({ separator }: FieldColumn, value: Value, type: FieldType | undefined): Value {
  if (separator === undefined || typeof value !== 'string') return columnValue(value, type);
  return value.split(separator).flatMap((part) => {
    const one = part.trim();
    return one === '' ? [] : [textValue(one, type)];
  });
}

/** Returns a profile's value as a host writes it into a field's column. */
export function writtenValue<Written>({ separator }: FieldColumn, value: Written): Written | string {
  if (separator === undefined || !Array.isArray(value)) return value;
  return value.filter((one) => one !== null && one !== undefined).join(separator);
}
