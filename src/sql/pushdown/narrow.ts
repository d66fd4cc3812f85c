import { getOrCreate } from '../../collections/get-or-create.js';
import type { Condition, Rule } from '../../model/rule.js';
import type { Matching } from '../../repositories/repositories.js';
import { checkRule } from '../../rules/check.js';
import { references } from '../../rules/references.js';
import type { FieldTypes } from '../../rules/value.js';
import { columnFacts } from '../host/columns/column-facts.js';
import type { HostTables } from '../host/columns/host-tables.js';
import type { TableRef } from '../host/columns/table-ref.js';
import { readableJson, unreadableRows } from '../host/columns/unreadable-rows.js';
import type { SqlDriver } from '../statement/driver.js';
import type { Fragment } from '../statement/fragment.js';
import { isWithinBounds } from './narrow-bounds.js';
import { fieldBounds } from './narrow-field.js';
import { irregularRows } from './narrow-irregular.js';
import { placedInOne } from './narrow-placed.js';
import type { MappedTables } from './narrow-source.js';
import { type Superset, some, supersetOf, TRUE, UNDECIDED } from './narrow-superset.js';

/** A condition on the learners' table, and whether the database decides each condition of the rule: then few other learners satisfy it. */
export interface Narrowed {
  readonly condition: Fragment;
  readonly isNarrow: boolean;
}

const NOT_NARROWED: Narrowed = { condition: TRUE, isNarrow: false };

/**
 * Returns a condition on the learners' table that is true of every learner who matches, whose row cannot be read, or whose value for a field of
 * the rule is malformed. The facts of columns are read again for each hint, since a host may change columns while a process runs.
 */
export async function narrowed(
  db: SqlDriver,
  tables: HostTables,
  u: TableRef,
  { rule, placedIn }: Matching,
  types: FieldTypes,
): Promise<Narrowed> {
  if (references(rule).size > 0 || checkRule(rule, types).length > 0) return NOT_NARROWED;
  const mapped = await mappedTables(db, tables, u);
  if (!mapped) return NOT_NARROWED;
  const byField = new Map<string, Condition[]>();
  const conditions = conditionsOf(rule);
  for (const condition of conditions) getOrCreate(byField, condition.field, () => []).push(condition);
  const known = new Map<Condition, Superset>();
  const irregular = unreadableRows(u, tables.learners, mapped.facts, mapped.json);
  const found: Fragment[] = [];
  for (const [field, its] of byField) {
    const bounds = await fieldBounds(db, mapped, field, its, types);
    for (const [condition, superset] of bounds.of) known.set(condition, superset);
    irregular.push(...bounds.possible);
    found.push(...bounds.irregular);
  }
  const matching = supersetOf(rule, (condition) => known.get(condition) ?? UNDECIDED).holds;
  if (matching === TRUE) return { ...NOT_NARROWED, isNarrow: known.size === conditions.length };
  found.push(...(await irregularRows(db, u, irregular)));
  const condition = some([matching, ...found, placedInOne(mapped, placedIn)]);
  if (!isWithinBounds(condition)) return NOT_NARROWED;
  return { condition, isNarrow: conditions.every((one) => known.has(one)) };
}

/** Reads the facts of the mapped columns; resolves with undefined if rows that cannot be read could not be distinguished from others. */
async function mappedTables(db: SqlDriver, tables: HostTables, u: TableRef): Promise<MappedTables | undefined> {
  const { learners } = tables;
  const facts = await columnFacts(db, learners);
  const valueFacts = learners.values ? await columnFacts(db, learners.values) : () => undefined;
  const mapped = { u, tables, facts, valueFacts, json: undefined };
  if (learners.json === undefined) return mapped;
  const column = u.column(learners.json);
  const readable = await readableJson(db, column, facts(learners.json));
  return readable && { ...mapped, json: { column, readable } };
}

function conditionsOf(rule: Rule): Condition[] {
  if ('all' in rule) return rule.all.flatMap(conditionsOf);
  if ('any' in rule) return rule.any.flatMap(conditionsOf);
  if ('not' in rule) return conditionsOf(rule.not);
  return 'field' in rule ? [rule] : [];
}
