import type { Condition, Operator } from '../model/rule.js';
import { isId, isShort } from './id.js';
import type { Issues } from './issues.js';
import { TEXT_LENGTH } from './limits.js';
import { at, type Place } from './place.js';
import type { RuleBudget } from './rule-budget.js';

type Asked = 'string' | 'number' | 'boolean';
const NAMES: { readonly [Type in Asked]: string } = { string: 'text', number: 'a finite number', boolean: 'a boolean' };

/** What the value of each operator may be; of `in`, each value in its list. */
const ASKED: { readonly [Op in Operator]: readonly Asked[] } = {
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

/** Copies a condition, or adds why it is not one: its structure only. Spends on the values of an `in` beyond the first, and on all text. */
export function readCondition(
  node: object,
  place: Place | undefined,
  issues: Issues,
  budget: RuleBudget,
): Condition | undefined {
  const { field, op, value } = node as { readonly [key: string]: unknown };
  const fieldFits = isId(field, at(place, 'field'), issues) && budget.read(field);
  if (typeof op !== 'string' || !Object.hasOwn(ASKED, op)) {
    issues.add('wrong_type', at(place, 'op'), `expected an operator: one of ${Object.keys(ASKED).join(', ')}`);
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
  return isAsked(value, ASKED[op], place, issues) && isAffordable(value, op, budget) ? { op, value } : undefined;
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
    const types = values.length === 0 ? ASKED.in : [typeof values[0] as Asked];
    if (isAsked(entry, types, at(place, i), issues) && isAffordable(entry, 'in', budget)) values.push(entry);
  }
  return values.length === length ? Object.freeze(values) : undefined;
}

/** Whether a value can be asked for: of one of the types, finite, and not too long. */
function isAsked(value: unknown, types: readonly Asked[], place: Place, issues: Issues): boolean {
  const fits = types.includes(typeof value as Asked) && (typeof value !== 'number' || Number.isFinite(value));
  if (fits) return typeof value !== 'string' || isShort(value, TEXT_LENGTH, place, issues);
  issues.wrongType(types.map((type) => NAMES[type]).join(' or '), value, place);
  return false;
}

function isAffordable(value: unknown, op: Operator, budget: RuleBudget): boolean {
  return budget.read(typeof value === 'string' ? value : '', op);
}
