import type { FieldType, Scalar } from '../../../src/core.js';
import type { SqlParameter } from '../../../src/sql/index.js';

/** What the profile must contain after a stored value has been read. */
export type Expected =
  /** Exactly this value. */
  | { readonly is: 'value'; readonly value: Scalar | readonly Scalar[] }
  /** This text, except for trailing spaces, which some types strip or pad. */
  | { readonly is: 'padded'; readonly text: string }
  /** A date or an instant in any format that is this moment. */
  | { readonly is: 'instant'; readonly iso: string }
  | { readonly is: 'blank' }
  /** The learner is blocked: their row is unreadable, or the value does not fit the declared type. */
  | { readonly is: 'blocked' }
  | { readonly is: 'list'; readonly of: readonly Expected[] }
  /** Any of these readings is allowed. */
  | { readonly is: 'either'; readonly of: readonly Expected[] };

/** A value as it is written to the database, and the expected reading. */
export interface Sample {
  /** The stored value of the column; in a table of values, one entry for each row. */
  readonly stored: SqlParameter | readonly (string | null)[];
  readonly expected: Expected;
}

/** One way of storing one profile field, with values of that kind. */
export interface ColumnKind {
  readonly name: string;
  /** The field's declared type. */
  readonly type: FieldType;
  /** `false`: the host declares no fields. */
  readonly declared?: false;
  /** Whether the column's own type is that of the field, so that the database can compare natively. */
  readonly native?: true | undefined;
  /** Where the field is: a column, a key of a JSON column, or rows of a table of values. */
  readonly place: 'column' | 'json' | 'values';
  /** The type of the column, with its collation. */
  readonly column: string;
  /** Statements to run first. */
  readonly setup?: readonly string[];
  /** The SQL expression that writes a value, with `?` as the parameter. Defaults to `?`. */
  readonly write?: string;
  /** Whether an index on the column exists. */
  readonly indexed?: true;
  /** Whether learners are read through a view, in a separate schema if the database has schemas. */
  readonly view?: true;
  /** Follows the parenthesis of CREATE TABLE. */
  readonly tableOptions?: string;
  readonly samples: readonly Sample[];
  /** More values, all different, and more in total than the library lists. */
  readonly many?: readonly Sample[];
}

/** The kinds of conditions that are counted separately. */
export type OperatorClass = 'equality' | 'range' | 'search' | 'blank' | 'mixed';

/** The operator classes of a field of this type. */
export function classesOf(type: FieldType): readonly OperatorClass[] {
  if (type === 'text') return ['equality', 'search', 'blank', 'mixed'];
  return type === 'boolean' ? ['equality', 'blank', 'mixed'] : ['equality', 'range', 'blank', 'mixed'];
}
