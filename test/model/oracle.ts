import type { Catalog, Link, Segment } from '../../src/model/catalog.js';
import type { Assignment, Learner } from '../../src/model/learner.js';
import type { Condition, Rule } from '../../src/model/rule.js';

/** What the oracle judges by. */
export type Facts = Omit<Catalog, 'revision' | 'unsettled'> & { readonly inactive?: 'freeze' | 'unenrol' };

const folded = (letter: string) => {
  if (/\p{Cf}/u.test(letter)) return '';
  return /\s/u.test(letter) ? ' ' : /[\p{Pd}\u2212]/u.test(letter) ? '-' : letter;
};
const fold = (text: unknown) => {
  const letters = [...String(text).toUpperCase().normalize('NFKD')].map(folded);
  return letters.join('').split(' ').filter(Boolean).join(' ').toUpperCase().normalize('NFKC');
};
const blank = (x: unknown): boolean => (Array.isArray(x) ? x.every(blank) : fold(x ?? '') === '');
const INSTANT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{3})?(Z|[+-]\d\d:\d\d))?$/u;
const isDay = (day: string) => new Date(Date.parse(day) || 0).toISOString().startsWith(day);
const isDate = (x: unknown) => INSTANT.test(String(x)) && isDay(String(x).slice(0, 10));
const typeOf = (x: unknown) => (typeof x === 'string' ? 'text' : typeof x);
const fits = (type: string, x: unknown) => (type === 'date' ? isDate(x) : type === typeOf(x));
const operators = { text: 'equals contains startsWith endsWith in', boolean: 'equals' } as Record<string, string>;
const asked = (rule: Condition): unknown[] => ('value' in rule ? [rule.value].flat() : []);
const ruleOf = (facts: Facts, id: string) => (facts.segments.find((each) => each.id === id) as Segment).rule;
const parts = (rule: object): Rule[] => Object.values(rule).flat();
const fieldType = ({ fields }: Facts, rule: Condition) => {
  if (fields) return fields.find(({ id }) => id === rule.field)?.type ?? 'gone';
  return typeof asked(rule)[0] === 'string' && /^[lg]te?$/u.test(rule.op) ? 'date' : typeOf(asked(rule)[0]);
};
const evaluable = (facts: Facts, rule: Rule | undefined): boolean => {
  if (!rule || 'everyone' in rule) return true;
  if ('segment' in rule) return evaluable(facts, ruleOf(facts, rule.segment));
  if (!('op' in rule)) return parts(rule).every((part) => evaluable(facts, part));
  const type = fieldType(facts, rule);
  if (rule.op === 'blank') return type !== 'gone';
  const known = operators[type] ?? (type === 'gone' ? '' : 'equals in lt lte gt gte');
  return known.includes(rule.op) && asked(rule).every((y) => fits(type, y));
};
/** Whether a rule that can be evaluated holds for a learner. */
export const holds = (facts: Facts, rule: Rule | undefined, who: Learner): boolean => {
  if (!rule || 'everyone' in rule) return !!rule;
  if ('segment' in rule && who.segments?.includes(rule.segment)) return true;
  if ('segment' in rule) return holds(facts, ruleOf(facts, rule.segment), who);
  if ('not' in rule) return !holds(facts, rule.not, who);
  if (!('op' in rule)) return parts(rule)['any' in rule ? 'some' : 'every']((part) => holds(facts, part, who));
  const found = Object.hasOwn(who.profile, rule.field) ? who.profile[rule.field] : undefined;
  if (rule.op === 'blank') return blank(found);
  const type = fieldType(facts, rule);
  const key = (x: unknown) => (type === 'date' ? Date.parse(String(x)) : type === 'text' ? fold(x) : x) as number;
  const test = (x: number, y: number) => {
    if (rule.op === 'equals' || rule.op === 'in') return x === y;
    if (type !== 'text') return (rule.op[0] === 'l' ? x < y : x > y) || (rule.op.endsWith('e') && x === y);
    return String(x)[rule.op === 'contains' ? 'includes' : (rule.op as 'endsWith')](String(y));
  };
  return [found].flat().some((x) => !blank(x) && fits(type, x) && asked(rule).some((y) => test(key(x), key(y))));
};
const isMisfit = ({ profile }: Learner, id: string, type: string) =>
  Object.hasOwn(profile, id) && [profile[id]].flat().some((x) => !blank(x) && !fits(type, x));
/** Whether a link keeps what it has: its course cannot be assigned, or its rules cannot be evaluated. */
export const isFrozenLink = (facts: Facts, { courseId, segmentId, rule }: Link) =>
  facts.courses.find(({ id }) => id === courseId)?.enrolmentMethod !== 'by-assignment-only' ||
  ![{ segment: segmentId }, rule].every((one) => evaluable(facts, one));
/** Whether a learner keeps what they have: their row is malformed, or they are inactive and that freezes. */
export const isFrozenLearner = (facts: Facts, who: Learner | undefined) =>
  who?.active === false && facts.inactive !== 'unenrol' ? true : isInvalid(facts, who);
/** Whether a learner's row is malformed. */
export const isInvalid = (facts: Facts, who: Learner | undefined) =>
  !!who && !!facts.fields?.some(({ id, type }) => isMisfit(who, id, type));
/** The smart assignments one learner should hold, given those they hold. */
export const settled = (facts: Facts, who: Learner | undefined, held: readonly Assignment[]): readonly Assignment[] => {
  if (isFrozenLearner(facts, who)) return held;
  const has = ({ id, courseId }: Link) => held.some((one) => one.linkId === id && one.courseId === courseId);
  const audience = ({ segmentId, rule = { everyone: true } }: Link) =>
    who && who.active !== false && holds(facts, { segment: segmentId }, who) && holds(facts, rule, who);
  const due = facts.links.filter((link) => (isFrozenLink(facts, link) ? has(link) : audience(link)));
  return due.map(({ id, courseId, segmentId }) => ({ courseId, linkId: id, segmentId }));
};
