import { type Fragment, raw, sql } from '../../statement/fragment.js';
import type { SchemaRow } from '../schema-row.js';
import type { Shape } from './shape.js';
import { type Target, tableOf } from './target.js';

/** One statement, without parameters. */
export interface Change {
  readonly statement: Fragment;
  /**
   * Returns whether the statement was run before a crash; always called, since MySQL commits each change of a table by itself. Without it, the
   * statement is safe to repeat.
   */
  readonly isDone?: (shape: Shape) => boolean;
}

/** Changes in one short transaction. A database without transactional DDL commits each statement by itself. */
export interface Changes {
  readonly kind: 'changes';
  readonly changes: readonly Change[];
}

/** Fills in the segment of rows of `pairs`, in batches; in one statement if a host runs the printed SQL. */
interface FillPairs {
  readonly kind: 'fill pairs';
}

/** Starts to keep the table of assignments, and fills it in batches. A host runs the printed statements, without batches. */
interface KeepAssignments {
  readonly kind: 'keep assignments';
  readonly printed: readonly Fragment[];
}

/** One numbered migration. Its parts are safe to repeat, and are repeated if the step was not completed. */
export interface Step {
  readonly number: number;
  /** Its effect on processes that use the tables meanwhile. */
  readonly effect: string;
  readonly parts: readonly (Changes | FillPairs | KeepAssignments)[];
}

export const FILL_PAIRS: FillPairs = { kind: 'fill pairs' };

export function changes(...made: readonly Change[]): Changes {
  return { kind: 'changes', changes: made };
}

/** Records the tables' current version and step in the schema's row. */
export function record(target: Target, row: Omit<SchemaRow, 'learnerIds'>): Change {
  return {
    statement: sql`UPDATE ${tableOf(target, 'schema')} SET description = ${describe(target, row)} WHERE one = 1`,
  };
}

/** The schema's row as a literal. */
export function describe({ learnerIds }: Target, { version, ...others }: Omit<SchemaRow, 'learnerIds'>): Fragment {
  return raw(`'${JSON.stringify({ version, learnerIds, ...others })}'`);
}
