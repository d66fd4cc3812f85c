import type { Condition } from '../../model/rule.js';
import type { FieldTypes } from '../../rules/value.js';
import { fieldColumn } from '../host/columns/field-columns.js';
import type { SqlDriver } from '../statement/driver.js';
import type { Fragment } from '../statement/fragment.js';
import { evaluateValues } from './evaluate-values.js';
import { isShortList } from './narrow-bounds.js';
import { distinctTexts } from './narrow-distinct.js';
import { nativeColumn } from './narrow-native.js';
import { type MappedTables, type Source, sourceOf } from './narrow-source.js';
import { FALSE, type Superset } from './narrow-superset.js';

/** The SQL conditions for the conditions on one field. */
export interface FieldBounds {
  /** The superset of each condition that the database can decide, for learners whose value is regular. */
  readonly of: ReadonlyMap<Condition, Superset>;
  /** Conditions for rows whose value is malformed, or was not read; such rows exist. */
  readonly irregular: readonly Fragment[];
  /** The same, if it is not known whether such rows exist. */
  readonly possible: readonly Fragment[];
}

const NOTHING: FieldBounds = { of: new Map(), irregular: [], possible: [] };

/**
 * Decides the conditions on one field: natively if the database compares its column as the core does, otherwise by the list of its distinct
 * values, which are evaluated here. So case folding needs no database function, and collations do not matter.
 */
export async function fieldBounds(
  db: SqlDriver,
  mapped: MappedTables,
  field: string,
  conditions: readonly Condition[],
  types: FieldTypes,
): Promise<FieldBounds> {
  const type = types?.get(field);
  const { u, tables, facts } = mapped;
  const own = fieldColumn(tables.learners, field);
  // The database cannot compare the values of a list within a text.
  const name = own?.separator === undefined ? own?.column : undefined;
  const native = name === undefined ? undefined : nativeColumn(u.dialect, u.column(name), type, facts(name));
  if (native) {
    const of = supersetsOf(conditions, (condition) => native.superset(condition));
    return { of, irregular: [], possible: native.irregular === FALSE ? [] : [native.irregular] };
  }
  const source = sourceOf(mapped, field, type);
  if (!source) return NOTHING;
  const found = await distinctTexts(db, source.query);
  if (!found) return NOTHING;
  const values = found.texts.map((text) => ({ text, value: source.read(text) }));
  const { of, malformed } = evaluateValues(field, conditions, values, types);
  if (!isShortList(malformed)) return NOTHING;
  return {
    of: supersetsOf(conditions, (condition) => listed(source, condition, of.get(condition)!)),
    irregular: [
      ...(malformed.length > 0 ? [source.oneOf(malformed).holds] : []),
      ...(found.isUnread ? [source.isUnread] : []),
    ],
    possible: source.mayDiffer ? [source.mayDiffer] : [],
  };
}

function supersetsOf(
  conditions: readonly Condition[],
  supersetOf: (condition: Condition) => Superset | undefined,
): Map<Condition, Superset> {
  return new Map(
    conditions.flatMap((condition) => {
      const superset = supersetOf(condition);
      return superset ? [[condition, superset] as const] : [];
    }),
  );
}

/** The condition as a list of the values that satisfy it or, if that list is too long, of the values that do not. */
function listed(
  source: Source,
  { op }: Condition,
  { matching, others }: { readonly matching: readonly string[]; readonly others: readonly string[] },
): Superset | undefined {
  if (op === 'blank') {
    return isShortList(matching) && isShortList(others) ? source.isBlank(matching, others) : undefined;
  }
  if (isShortList(matching)) return source.oneOf(matching);
  return source.noneOf && isShortList(others) ? source.noneOf(others) : undefined;
}
