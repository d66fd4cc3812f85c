import type { Rule } from '../model/rule.js';
import { readCondition } from './condition.js';
import { isId } from './id.js';
import type { Issues } from './issues.js';
import { at, type Place } from './place.js';
import { RuleBudget, type RuleSize } from './rule-budget.js';
import { RULE_DEPTH } from './size-limits.js';

const SHAPES: ReadonlySet<string> = new Set(['all', 'any', 'not', 'everyone', 'segment', 'field']);
const CONDITION_KEYS: ReadonlySet<string> = new Set(['op', 'value']);

/** The state of reading rules in one parse. */
export interface RuleReading {
  readonly issues: Issues;
  /** Whether unknown keys of rules are issues. */
  readonly strict: boolean;
  /** Copies of the rules read so far: a rule shared by many edits is read once. */
  readonly copies: Map<unknown, { readonly rule: Rule; readonly size: RuleSize }>;
  /** The size of everything read so far. */
  size: RuleSize;
}

export function readingOf(issues: Issues, strict: boolean): RuleReading {
  return { issues, strict, copies: new Map(), size: { written: 0, searched: 0 } };
}

/**
 * Copies a rule, or adds the issues of its structure. Blank values, empty lists and declared fields are checked where the rule is used.
 */
export function readRule(value: unknown, place: Place | undefined, reading: RuleReading): Rule | undefined {
  const known = reading.copies.get(value);
  if (known) {
    reading.size = sum(reading.size, known.size);
    return known.rule;
  }
  const found = reading.issues.list.length;
  const budget = new RuleBudget(reading.strict);
  const rule = readNode(value, place, 1, budget, reading);
  budget.report(place, reading.issues);
  const { size } = budget;
  reading.size = sum(reading.size, size);
  if (!rule || reading.issues.list.length > found) return undefined;
  reading.copies.set(value, { rule, size });
  return rule;
}

function sum(a: RuleSize, b: RuleSize): RuleSize {
  return { written: a.written + b.written, searched: a.searched + b.searched };
}

function readNode(
  node: unknown,
  place: Place | undefined,
  depth: number,
  budget: RuleBudget,
  reading: RuleReading,
): Rule | undefined {
  const { issues } = reading;
  budget.part();
  if (depth > RULE_DEPTH) {
    budget.stop();
    issues.add(
      'too_deep',
      place,
      `rules can be nested at most ${RULE_DEPTH} levels deep; does this rule refer to itself?`,
    );
    return undefined;
  }
  if (typeof node !== 'object' || node === null || Array.isArray(node)) {
    budget.spend(1);
    issues.wrongType('a rule', node, place);
    return undefined;
  }
  const shape = shapeOf(node, place, reading);
  if (shape !== 'all' && shape !== 'any' && shape !== 'not') budget.spend(1);
  if (budget.stopped || shape === undefined) return undefined;
  const value: unknown = (node as { readonly [key: string]: unknown })[shape];
  switch (shape) {
    case 'all':
    case 'any': {
      const rules = readList(value, at(place, shape), depth, budget, reading);
      return rules && Object.freeze(shape === 'all' ? { all: rules } : { any: rules });
    }
    case 'not': {
      const rule = readNode(value, at(place, 'not'), depth + 1, budget, reading);
      return rule && Object.freeze({ not: rule });
    }
    case 'everyone':
      if (value === true) return Object.freeze({ everyone: true });
      issues.add('wrong_type', at(place, 'everyone'), 'expected true');
      return undefined;
    case 'segment':
      return isId(value, at(place, 'segment'), issues) && budget.read(value)
        ? Object.freeze({ segment: value })
        : undefined;
    default:
      return readCondition(node, place, issues, budget);
  }
}

type Shape = 'all' | 'any' | 'not' | 'everyone' | 'segment' | 'field';

/** Returns the kind of rule that an object is meant to be, judged by its keys, so that issues point at the actual mistake. */
function shapeOf(node: object, place: Place | undefined, { issues, strict }: RuleReading): Shape | undefined {
  const keys = Object.keys(node);
  let shapes = keys.filter((key) => SHAPES.has(key));
  if (shapes.length === 0 && keys.includes('op')) shapes = ['field'];
  if (shapes.length !== 1) {
    const message = shapes.length
      ? `a rule can have only one of the keys ${shapes.join(', ')}`
      : `expected a rule: an object with one of ${[...SHAPES].join(', ')}`;
    issues.add('wrong_type', place, message);
    return undefined;
  }
  const shape = shapes[0] as Shape;
  if (strict) {
    for (const key of keys) {
      if (issues.full()) break;
      if (key === shape || (shape === 'field' && CONDITION_KEYS.has(key))) continue;
      issues.add('unknown_key', at(place, key), `unknown key in a rule with "${shape}"`);
    }
  }
  return shape;
}

function readList(
  value: unknown,
  place: Place,
  depth: number,
  budget: RuleBudget,
  reading: RuleReading,
): readonly Rule[] | undefined {
  if (!Array.isArray(value)) {
    budget.spend(1);
    reading.issues.wrongType('a list of rules', value, place);
    return undefined;
  }
  // An empty list costs as much as a condition; otherwise shared empty lists would cost nothing and could multiply without limit.
  if (value.length === 0) budget.spend(1);
  const rules: Rule[] = [];
  for (let i = 0; i < value.length && !budget.stopped && !reading.issues.full(); i++) {
    const rule = readNode(value[i], at(place, i), depth + 1, budget, reading);
    if (rule) rules.push(rule);
  }
  return rules.length === value.length ? Object.freeze(rules) : undefined;
}
