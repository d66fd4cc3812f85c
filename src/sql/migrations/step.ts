import { type Fragment, raw, sql } from '../fragment.js';
import type { SchemaRow } from '../schema-row.js';
import type { Shape } from './shape.js';
import { type Target, tableOf } from './target.js';

/** One statement, without parameters. */
export interface Change {
  readonly statement: Fragment;
  /**
   * Whether it was run before a crash; always asked, since MySQL commits each change of a table by itself. Without it the statement can be
   * repeated.
   */
  readonly isMade?: (shape: Shape) => boolean;
}

/** What is done in one short transaction. A database that has none for changes of tables commits statement by statement. */
export interface Changes {
  readonly kind: 'changes';
  readonly changes: readonly Change[];
}

/** Rows of `pairs` are given their segment, in batches; as one statement where a host runs it. */
interface FillPairs {
  readonly kind: 'fill pairs';
}

/** One numbered migration. Its parts can be repeated, and are where the step was not applied to the end. */
export interface Step {
  readonly number: number;
  /** What it does to processes that work on the tables meanwhile. */
  readonly effect: string;
  readonly parts: readonly (Changes | FillPairs)[];
}

export const FILL_PAIRS: FillPairs = { kind: 'fill pairs' };

export function changes(...made: readonly Change[]): Changes {
  return { kind: 'changes', changes: made };
}

/** Records in the schema's row what the tables are now. */
export function record(target: Target, row: Omit<SchemaRow, 'learnerIds'>): Change {
  return {
    statement: sql`UPDATE ${tableOf(target, 'schema')} SET description = ${describe(target, row)} WHERE one = 1`,
  };
}

/** The schema's row as a literal. */
export function describe({ learnerIds }: Target, { version, ...others }: Omit<SchemaRow, 'learnerIds'>): Fragment {
  return raw(`'${JSON.stringify({ version, learnerIds, ...others })}'`);
}
