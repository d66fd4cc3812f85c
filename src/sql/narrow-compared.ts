import type { Condition } from '../model/rule.js';
import { typeOf } from '../rules/condition.js';
import { comparable, type FieldTypes } from '../rules/value.js';
import { asValue } from './columns.js';
import { type Fragment, joined, raw, sql } from './fragment.js';
import type { Bounds } from './narrow.js';
import type { Source } from './narrow-source.js';

const DAY = 86_400_000;
/** Sessions have time zones, and columns of dates none: what lies so near may be on either side. */
const NEAR = 2 * DAY;

/**
 * Bounds of a condition on a column of numbers or dates with many values, by size: a little to either side, since a database
 * keeps more digits than a number here has, and dates without an offset. Undefined where nothing can be said.
 */
export function compared({ column, dialect }: Source, condition: Condition, types: FieldTypes): Bounds | undefined {
  if (!column || condition.op === 'blank') return undefined;
  const type = typeOf(condition, types);
  if (type !== 'number' && type !== 'date') return undefined;
  // Undeclared, a column may hold anything, and then comparing would fail.
  if (!types) return undefined;
  const asked = condition.op === 'in' ? condition.value : [condition.value];
  const values = asked.map((value) => comparable(type, value) as number);
  // A date is compared as ISO text, which its column may be; so much of it as has no time.
  const subject = type === 'date' ? asValue(dialect, column) : column;
  const literal = (value: number): Fragment =>
    type === 'date'
      ? sql`${new Date(value).toISOString().slice(0, 10)}`
      : sql`CAST(${String(value)} AS ${raw({ postgres: 'double precision', mysql: 'DOUBLE', sqlite: 'REAL' }[dialect])})`;
  const margin = (value: number): number => (type === 'date' ? NEAR : Math.abs(value) * 1e-9 + 1e-9);
  const inside = (value: number): Bounds => {
    const less = (by: number): Fragment => sql`${subject} < ${literal(value + by * margin(value))}`;
    const more = (by: number): Fragment => sql`${subject} > ${literal(value + by * margin(value))}`;
    switch (condition.op) {
      case 'lt':
      case 'lte':
        return { above: less(1), below: less(-1) };
      case 'gt':
      case 'gte':
        return { above: more(-1), below: more(1) };
      default:
        return { above: sql`(${more(-1)} AND ${less(1)})`, below: raw('FALSE') };
    }
  };
  const bounds = values.map(inside);
  const either = (side: keyof Bounds): Fragment =>
    sql`COALESCE((${joined(
      bounds.map((one) => one[side]),
      ' OR ',
    )}), FALSE)`;
  return { above: either('above'), below: either('below') };
}
