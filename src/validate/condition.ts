import type { Condition, Operator } from '../model/rule.js';
import { isId, isShort } from './id.js';
import type { Issues } from './issues.js';
import { at, type Place } from './place.js';
import type { RuleBudget } from './rule-budget.js';
import { TEXT_LENGTH } from './size-limits.js';

type ValueType = 'string' | 'number' | 'boolean';
const NAMES: { readonly [Type in ValueType]: string } = {
  string: 'text',
  number: 'a finite number',
  boolean: 'a boolean',
};

/** The types that the value of each operator may have; for `in`, each value in its list. */
const VALUE_TYPES: { readonly [Op in Operator]: readonly ValueType[] } = {
  equals: ['string', 'number', 'boolean'],
  contains: ['string'],
  startsWith: ['string'],
  endsWith: ['string'],
  in: ['string', 'number'],
  lt: ['number', 'string'],
  lte: ['number', 'string'],
  gt: ['number', 'string'],
  gte: ['number', 'string'],
  blank: [],
};

/** Copies a condition, or adds the issues of its structure. Spends the budget on all text, and on the values of an `in` beyond the first. */
export function readCondition(
  node: object,
  place: Place | undefined,
  issues: Issues,
  budget: RuleBudget,
): Condition | undefined {
  const { field, op, value } = node as { readonly [key: string]: unknown };
  const fieldFits = isId(field, at(place, 'field'), issues) && budget.read(field);
  if (typeof op !== 'string' || !Object.hasOwn(VALUE_TYPES, op)) {
    issues.add('wrong_type', at(place, 'op'), `expected an operator: one of ${Object.keys(VALUE_TYPES).join(', ')}`);
    return undefined;
  }
  const condition = readValue(op as Operator, value, at(place, 'value'), issues, budget);
  return fieldFits && condition ? (Object.freeze({ field, ...condition }) as Condition) : undefined;
}

function readValue(
  op: Operator,
  value: unknown,
  place: Place,
  issues: Issues,
  budget: RuleBudget,
): { readonly op: Operator; readonly value?: unknown } | undefined {
  if (op === 'blank') {
    if (value === undefined) return { op };
    issues.add('unknown_key', place, 'the operator "blank" takes no value');
    return undefined;
  }
  if (op === 'in') {
    const values = readValues(value, place, issues, budget);
    return values && { op, value: values };
  }
  return isValue(value, VALUE_TYPES[op], place, issues) && fitsBudget(value, op, budget) ? { op, value } : undefined;
}

function readValues(value: unknown, place: Place, issues: Issues, budget: RuleBudget): readonly unknown[] | undefined {
  if (!Array.isArray(value)) {
    issues.wrongType('a list, all text or all numbers', value, place);
    return undefined;
  }
  const { length } = value;
  if (length > 1 && !budget.spend(length - 1)) return undefined;
  const values: unknown[] = [];
  for (let i = 0; i < length && !budget.stopped && !issues.full(); i++) {
    const entry: unknown = value[i];
    const types = values.length === 0 ? VALUE_TYPES.in : [typeof values[0] as ValueType];
    if (isValue(entry, types, at(place, i), issues) && fitsBudget(entry, 'in', budget)) values.push(entry);
  }
  return values.length === length ? Object.freeze(values) : undefined;
}

/** Returns whether a value has one of the types, is finite and is not too long; adds an issue if not. */
function isValue(value: unknown, types: readonly ValueType[], place: Place, issues: Issues): boolean {
  const fits = types.includes(typeof value as ValueType) && (typeof value !== 'number' || Number.isFinite(value));
  if (fits) return typeof value !== 'string' || isShort(value, TEXT_LENGTH, place, issues);
  issues.wrongType(types.map((type) => NAMES[type]).join(' or '), value, place);
  return false;
}

function fitsBudget(value: unknown, op: Operator, budget: RuleBudget): boolean {
  return budget.read(typeof value === 'string' ? value : '', op);
}
