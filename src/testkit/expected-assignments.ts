import type { Course, Link, Segment } from '../model/catalog.js';
import type { Assignment, Field, FieldType, Learner } from '../model/learner.js';
import type { Condition, Rule } from '../model/rule.js';

/** Everything that determines which assignments learners hold, as the naive model stores it. */
export interface ModelState {
  readonly inactive: 'freeze' | 'unenrol';
  readonly fields: readonly Field[];
  readonly courses: ReadonlyMap<string, Course>;
  readonly segments: ReadonlyMap<string, Segment>;
  readonly links: ReadonlyMap<string, Link>;
  readonly learners: ReadonlyMap<string, Learner>;
}

/** Returns the smart assignments that one learner should hold, given those they hold: a literal form of semantics §2 and §6. */
export function expectedAssignments(state: ModelState, id: string, held: readonly Assignment[]): readonly Assignment[] {
  const learner = state.learners.get(id);
  if (learner && isFrozen(state, learner)) return held;
  const has = (link: Link) => held.some(({ courseId, linkId }) => linkId === link.id && courseId === link.courseId);
  const due = [...state.links.values()].filter((link) =>
    isFrozenLink(state, link) ? has(link) : isIn(state, link, learner),
  );
  return due.map((link) => ({ courseId: link.courseId, linkId: link.id, segmentId: link.segmentId }));
}

function isIn(state: ModelState, { segmentId, rule }: Link, learner: Learner | undefined): boolean {
  if (!learner || learner.active === false) return false;
  return satisfies(state, { segment: segmentId }, learner) && (!rule || satisfies(state, rule, learner));
}

function isFrozen(state: ModelState, learner: Learner): boolean {
  if (learner.active === false && state.inactive === 'freeze') return true;
  return state.fields.some(({ id, type }) => valuesOf(learner, id).some((value) => !fits(type, value)));
}

function isFrozenLink(state: ModelState, { courseId, segmentId, rule }: Link): boolean {
  if (state.courses.get(courseId)?.enrolmentMethod !== 'by-assignment-only') return true;
  return !isValidRule(state, { segment: segmentId }) || (rule !== undefined && !isValidRule(state, rule));
}

function satisfies(state: ModelState, rule: Rule, learner: Learner): boolean {
  if ('everyone' in rule) return true;
  if ('all' in rule) return rule.all.every((inner) => satisfies(state, inner, learner));
  if ('any' in rule) return rule.any.some((inner) => satisfies(state, inner, learner));
  if ('not' in rule) return !satisfies(state, rule.not, learner);
  if ('segment' in rule) {
    if (learner.segments?.includes(rule.segment)) return true;
    const own = state.segments.get(rule.segment)?.rule;
    return own !== undefined && satisfies(state, own, learner);
  }
  const found = valuesOf(learner, rule.field);
  if (rule.op === 'blank') return found.length === 0;
  const type = typeOf(state, rule)!;
  return found.some(
    (value) => fits(type, value) && operandsOf(rule).some((other) => compare(rule.op, type, value, other)),
  );
}

function isValidRule(state: ModelState, rule: Rule): boolean {
  if ('everyone' in rule) return true;
  if ('all' in rule) return rule.all.every((inner) => isValidRule(state, inner));
  if ('any' in rule) return rule.any.every((inner) => isValidRule(state, inner));
  if ('not' in rule) return isValidRule(state, rule.not);
  if ('segment' in rule) {
    const own = state.segments.get(rule.segment)?.rule;
    return own === undefined || isValidRule(state, own);
  }
  const type = typeOf(state, rule);
  if (!type || rule.op === 'blank') return type !== undefined;
  return OPERATORS[type].includes(rule.op) && operandsOf(rule).every((value) => fits(type, value));
}

const ORDERED = ['equals', 'in', 'lt', 'lte', 'gt', 'gte'];
const OPERATORS: { readonly [Type in FieldType]: readonly string[] } = {
  text: ['equals', 'in', 'contains', 'startsWith', 'endsWith'],
  number: ORDERED,
  date: ORDERED,
  boolean: ['equals'],
};

function typeOf({ fields }: ModelState, { field }: Condition): FieldType | undefined {
  return fields.find(({ id }) => id === field)?.type;
}

function operandsOf(rule: Condition): readonly unknown[] {
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
