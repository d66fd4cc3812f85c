import type { Course, Link, Segment } from '../model/catalog.js';
import type { Assignment, Field, FieldType, Learner } from '../model/learner.js';
import type { Condition, Rule } from '../model/rule.js';

/** Everything that determines which assignments learners hold, as the naive model stores it. */
export interface Facts {
  readonly inactive: 'freeze' | 'unenrol';
  readonly fields: readonly Field[];
  readonly courses: ReadonlyMap<string, Course>;
  readonly segments: ReadonlyMap<string, Segment>;
  readonly links: ReadonlyMap<string, Link>;
  readonly learners: ReadonlyMap<string, Learner>;
}

/** Returns the smart assignments that one learner should hold, given those they hold: a literal form of semantics §2 and §6. */
export function lawful(facts: Facts, id: string, held: readonly Assignment[]): readonly Assignment[] {
  const learner = facts.learners.get(id);
  if (learner && isFrozen(facts, learner)) return held;
  const has = (link: Link) => held.some(({ courseId, linkId }) => linkId === link.id && courseId === link.courseId);
  const due = [...facts.links.values()].filter((link) =>
    isFrozenLink(facts, link) ? has(link) : isIn(facts, link, learner),
  );
  return due.map((link) => ({ courseId: link.courseId, linkId: link.id, segmentId: link.segmentId }));
}

function isIn(facts: Facts, { segmentId, rule }: Link, learner: Learner | undefined): boolean {
  if (!learner || learner.active === false) return false;
  return satisfies(facts, { segment: segmentId }, learner) && (!rule || satisfies(facts, rule, learner));
}

function isFrozen(facts: Facts, learner: Learner): boolean {
  if (learner.active === false && facts.inactive === 'freeze') return true;
  return facts.fields.some(({ id, type }) => valuesOf(learner, id).some((value) => !fits(type, value)));
}

function isFrozenLink(facts: Facts, { courseId, segmentId, rule }: Link): boolean {
  if (facts.courses.get(courseId)?.enrolmentMethod !== 'by-assignment-only') return true;
  return !makesSense(facts, { segment: segmentId }) || (rule !== undefined && !makesSense(facts, rule));
}

function satisfies(facts: Facts, rule: Rule, learner: Learner): boolean {
  if ('everyone' in rule) return true;
  if ('all' in rule) return rule.all.every((inner) => satisfies(facts, inner, learner));
  if ('any' in rule) return rule.any.some((inner) => satisfies(facts, inner, learner));
  if ('not' in rule) return !satisfies(facts, rule.not, learner);
  if ('segment' in rule) {
    if (learner.segments?.includes(rule.segment)) return true;
    const own = facts.segments.get(rule.segment)?.rule;
    return own !== undefined && satisfies(facts, own, learner);
  }
  const found = valuesOf(learner, rule.field);
  if (rule.op === 'blank') return found.length === 0;
  const type = typeOf(facts, rule)!;
  return found.some((value) => fits(type, value) && asked(rule).some((other) => compare(rule.op, type, value, other)));
}

function makesSense(facts: Facts, rule: Rule): boolean {
  if ('everyone' in rule) return true;
  if ('all' in rule) return rule.all.every((inner) => makesSense(facts, inner));
  if ('any' in rule) return rule.any.every((inner) => makesSense(facts, inner));
  if ('not' in rule) return makesSense(facts, rule.not);
  if ('segment' in rule) {
    const own = facts.segments.get(rule.segment)?.rule;
    return own === undefined || makesSense(facts, own);
  }
  const type = typeOf(facts, rule);
  if (!type || rule.op === 'blank') return type !== undefined;
  return OPERATORS[type].includes(rule.op) && asked(rule).every((value) => fits(type, value));
}

const ORDERED = ['equals', 'in', 'lt', 'lte', 'gt', 'gte'];
const OPERATORS: { readonly [Type in FieldType]: readonly string[] } = {
  text: ['equals', 'in', 'contains', 'startsWith', 'endsWith'],
  number: ORDERED,
  date: ORDERED,
  boolean: ['equals'],
};

function typeOf({ fields }: Facts, { field }: Condition): FieldType | undefined {
  return fields.find(({ id }) => id === field)?.type;
}

function asked(rule: Condition): readonly unknown[] {
  return 'value' in rule ? [rule.value].flat() : [];
}

/** A field's values that are not blank. */
function valuesOf({ profile }: Learner, field: string): readonly unknown[] {
  const value: unknown = Object.hasOwn(profile, field) ? profile[field] : undefined;
  return [value].flat().filter((one) => folded(one ?? '') !== '');
}

function fits(type: FieldType, value: unknown): boolean {
  if (type === 'date') return typeof value === 'string' && /^\d{4}-\d\d-\d\d(T.+)?$/.test(value);
  return typeof value === (type === 'text' ? 'string' : type);
}

function folded(value: unknown): string {
  const visible = String(value)
    .replace(/\p{Cf}+/gu, '')
    .normalize('NFKC')
    .replace(/\p{Dash}/gu, '-');
  return visible.replace(/\s+/gu, ' ').trim().toUpperCase();
}

function comparable(type: FieldType, value: unknown): number | string | boolean {
  if (type === 'text') return folded(value);
  return type === 'date' ? Date.parse(String(value)) : (value as number | boolean);
}

function compare(op: Condition['op'], type: FieldType, value: unknown, other: unknown): boolean {
  const [a, b] = [comparable(type, value), comparable(type, other)];
  switch (op) {
    case 'lt':
      return a < b;
    case 'lte':
      return a <= b;
    case 'gt':
      return a > b;
    case 'gte':
      return a >= b;
    case 'contains':
      return String(a).includes(String(b));
    case 'startsWith':
      return String(a).startsWith(String(b));
    case 'endsWith':
      return String(a).endsWith(String(b));
    default:
      return a === b;
  }
}
