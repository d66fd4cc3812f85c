import { entry } from '../model/entry.js';
import type { FieldType, Learner, Scalar } from '../model/learner.js';
import type { Condition, Rule } from '../model/rule.js';
import type { Matching } from '../repositories/repositories.js';
import { checkRule } from '../rules/check.js';
import { evaluate, mayHoldAt } from '../rules/evaluate.js';
import { Program } from '../rules/program.js';
import { references } from '../rules/references.js';
import { slice } from '../rules/slice.js';
import type { FieldTypes } from '../rules/value.js';
import { exactly, TableRef } from './columns.js';
import { isOneOf } from './dialect.js';
import type { SqlDriver } from './driver.js';
import { ask, type Fragment, joined, raw, sql } from './fragment.js';
import type { HostTables } from './host-tables.js';
import { asText } from './id-kind.js';
import { compared } from './narrow-compared.js';
import { type Source, sourceOf } from './narrow-source.js';

/**
 * Of a condition what is asked of the database: `above` holds for everyone for whom the condition does, `below` for nobody else.
 * Where a field has few values, these are the same.
 */
export interface Bounds {
  readonly above: Fragment;
  readonly below: Fragment;
}

/** A condition on the people's table, and whether a column decided each condition of the rule: then hardly anyone is beyond it. */
export interface Narrowed {
  readonly condition: Fragment;
  readonly isNarrow: boolean;
}

const [TRUE, FALSE] = [raw('TRUE'), raw('FALSE')];
/** All that is known of a condition that no column decides. */
const UNKNOWN: Bounds = { above: TRUE, below: FALSE };
/** Of a field with more values than this not all are looked at. */
const MOST_VALUES = 5_000;

/**
 * A condition on the people's table that holds at least for everyone who matches. Of each field that the rule names its
 * distinct values are asked, and judged here, as the core judges them: so folded text needs no function of the database's,
 * collations do no harm, and an index on the column serves.
 */
export async function narrowed(
  db: SqlDriver,
  tables: HostTables,
  u: TableRef,
  { rule, placedIn }: Matching,
  types: FieldTypes,
): Promise<Narrowed> {
  if (references(rule).size > 0 || checkRule(rule, types).length > 0) return { condition: TRUE, isNarrow: false };
  const byField = new Map<string, Condition[]>();
  const conditions = conditionsOf(rule);
  for (const condition of conditions) entry(byField, condition.field, () => []).push(condition);
  const bounds = new Map<Condition, Bounds>();
  for (const [field, some] of byField) {
    const source = sourceOf(u, tables, field, types?.get(field));
    for (const [condition, found] of await boundsOf(db, source, some, types)) bounds.set(condition, found);
  }
  const matching = combined(rule, (condition) => bounds.get(condition) ?? UNKNOWN).above;
  return {
    condition: placedIn.length === 0 ? matching : sql`(${matching} OR ${placedInOne(tables, u, placedIn)})`,
    isNarrow: conditions.every((condition) => bounds.has(condition)),
  };
}

function conditionsOf(rule: Rule): Condition[] {
  if ('all' in rule) return rule.all.flatMap(conditionsOf);
  if ('any' in rule) return rule.any.flatMap(conditionsOf);
  if ('not' in rule) return conditionsOf(rule.not);
  return 'field' in rule ? [rule] : [];
}

/** Bounds of a rule from those of its conditions. */
function combined(rule: Rule, boundsOf: (condition: Condition) => Bounds): Bounds {
  if ('all' in rule || 'any' in rule) {
    const [parts, word] = 'all' in rule ? [rule.all, ' AND '] : [rule.any, ' OR '];
    if (parts.length === 0) return { above: FALSE, below: FALSE };
    const bounds = parts.map((part) => combined(part, boundsOf));
    const all = (side: keyof Bounds): Fragment =>
      sql`(${joined(
        bounds.map((one) => one[side]),
        word,
      )})`;
    return { above: all('above'), below: all('below') };
  }
  if ('not' in rule) {
    const { above, below } = combined(rule.not, boundsOf);
    return { above: sql`(NOT ${below})`, below: sql`(NOT ${above})` };
  }
  if ('everyone' in rule) return { above: TRUE, below: TRUE };
  return 'field' in rule ? boundsOf(rule) : UNKNOWN;
}

function placedInOne({ placements, learners }: HostTables, u: TableRef, segments: readonly string[]): Fragment {
  if (!placements) return FALSE;
  const p = new TableRef(u.dialect, placements, 'p', u.tenant);
  const isIt = isOneOf(u.dialect, exactly(u.dialect, p.column(placements.segment)), 'text', segments);
  return sql`EXISTS (SELECT 1 FROM ${p.from} WHERE ${p.ours} AND ${p.column(placements.learner)} = ${u.column(learners.id)} AND ${isIt})`;
}

async function boundsOf(
  db: SqlDriver,
  source: Source | undefined,
  conditions: readonly Condition[],
  types: FieldTypes,
): Promise<Map<Condition, Bounds>> {
  const known = new Map<Condition, Bounds>();
  if (!source) return known;
  const values = await ask<FieldValue>(
    db,
    sql`SELECT ${asText(db.dialect, raw('j'))} AS j FROM (${source.distinct}) AS found LIMIT ${raw(String(MOST_VALUES + 1))}`,
  );
  for (const condition of conditions) {
    const bounds =
      values.length > MOST_VALUES ? compared(source, condition, types) : exact(source, condition, values, types);
    if (bounds) known.set(condition, bounds);
  }
  return known;
}

/** A value of a field, as text and, of a column, as JSON. */
type FieldValue = [text: string, value?: Scalar | readonly Scalar[]];

/** The condition as a list of the values that satisfy it. */
function exact(source: Source, condition: Condition, values: readonly FieldValue[], types: FieldTypes): Bounds {
  const { field } = condition;
  const program = new Program(types && new Map([[field, types.get(field)!] as [string, FieldType]]));
  const slot = program.compile(condition, () => 0);
  const learners = values.map(
    (value, i): Learner => ({ id: String(i), profile: Object.fromEntries([[field, source.read(...value)]]) }),
  );
  const rows = mayHoldAt(evaluate(slice(program, [slot], 'none'), learners), [slot], learners.length);
  const texts = rows.map((row) => values[row]![0]);
  if (condition.op !== 'blank') return source.isOneOf(texts);
  const blank = new Set(rows);
  return source.isBlank(
    texts,
    values.flatMap(([text], row) => (blank.has(row) ? [] : [text])),
  );
}
