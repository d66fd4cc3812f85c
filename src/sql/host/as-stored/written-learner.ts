import type { Learner, Profile, Scalar } from '../../../model/learner.js';
import type { Dialect } from '../../statement/driver.js';
import { fieldColumns, writtenValue } from '../columns/field-columns.js';
import type { LearnersTable } from '../columns/host-tables.js';

/** The value that a host writes into one column. */
export type Written = Scalar | readonly Scalar[] | Profile;

/** The values that a host writes into its tables to store one learner. */
export interface WrittenLearner {
  /** The row of the learners' table, in the order of {@link writtenColumns}. */
  readonly columns: readonly Written[];
  /** The rows of the table of values. */
  readonly values: readonly (readonly [field: string, value: Scalar])[];
  /** The segments of the rows of the placements' table. */
  readonly segments: readonly string[];
}

/** Column names are case-insensitive on MySQL and SQLite. */
const keyOf = (dialect: Dialect, name: string): string => (dialect === 'postgres' ? name : name.toLowerCase());

/** Returns the written columns of the learners' table, each once. */
export function writtenColumns(dialect: Dialect, learners: LearnersTable): string[] {
  const { id, json } = learners;
  const names = [id, ...fieldColumns(learners).map(({ column }) => column), json].filter((name) => name !== undefined);
  return [...new Map(names.map((name) => [keyOf(dialect, name), name])).values()];
}

/**
 * Returns what a host writes for one learner. Fields without a column are omitted, and so is whether the learner is active: each host writes that
 * in its own form, which is read back as the same boolean.
 */
export function writtenLearner(dialect: Dialect, learners: LearnersTable, learner: Learner): WrittenLearner {
  const { id, columns = {}, json, values } = learners;
  const others = Object.entries(learner.profile).filter(([field]) => !Object.hasOwn(columns, field));
  const row = new Map<string, Written>();
  if (json !== undefined) row.set(keyOf(dialect, json), Object.fromEntries(others));
  for (const column of fieldColumns(learners)) {
    const value = Object.hasOwn(learner.profile, column.field) ? learner.profile[column.field] : undefined;
    if (value !== undefined) row.set(keyOf(dialect, column.column), writtenValue(column, value));
  }
  row.set(keyOf(dialect, id), learner.id);
  return {
    columns: writtenColumns(dialect, learners).map((name) => row.get(keyOf(dialect, name))),
    values: json === undefined && values ? others.flatMap(([field, value]) => valueRows(field, value)) : [],
    segments: learner.segments ?? [],
  };
}

function valueRows(field: string, value: Profile[string]): (readonly [field: string, value: Scalar])[] {
  if (value === null || value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map((one: Scalar) => [field, one]);
}

/** Returns the number of characters written for a learner, at least. */
export function lengthOf({ columns, values, segments }: WrittenLearner): number {
  const texts = [...columns, ...values.flat(), ...segments].map((value) =>
    typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
  );
  return texts.reduce<number>((sum, text) => sum + (typeof text === 'string' ? text.length : 0), 0);
}
