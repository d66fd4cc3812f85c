import type { Condition } from '../../model/rule.js';
import { type Fragment, sql } from '../statement/fragment.js';
import type { Superset } from './narrow-superset.js';

/** The operators that compare by order. */
export type Order = 'lt' | 'lte' | 'gt' | 'gte';

/** How SQL writes them. */
export const SQL_OPERATORS: { readonly [Each in Order]: string } = { lt: '<', lte: '<=', gt: '>', gte: '>=' };

/** How the database compares a column with the operands of conditions. */
interface ComparedColumn<Operand> {
  /** Returns what the operand of a condition is compared as. */
  operand(value: unknown): Operand;
  ordered(op: Order, operand: Operand): Superset;
  equalToOne(operands: readonly Operand[]): Superset;
}

/** The superset of a condition on a column that the database compares; undefined for conditions on text. */
export function comparedSuperset<Operand>(
  column: Fragment,
  condition: Condition,
  { operand, ordered, equalToOne }: ComparedColumn<Operand>,
): Superset | undefined {
  switch (condition.op) {
    case 'blank':
      return blankSuperset(column);
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return ordered(condition.op, operand(condition.value));
    case 'equals':
      return equalToOne([operand(condition.value)]);
    case 'in':
      return equalToOne(condition.value.map((value) => operand(value)));
    default:
      return undefined;
  }
}

/** The superset of `blank` on a column in which only NULL is blank. */
export function blankSuperset(column: Fragment): Superset {
  return { holds: sql`${column} IS NULL`, fails: sql`${column} IS NOT NULL` };
}
