import type { Rule } from '../model/rule.js';

/** Returns a text that two rules share exactly if they are written the same, whatever the order of their keys. */
export function ruleKey(rule: Rule): string {
  if ('all' in rule) return `{"all":[${rule.all.map(ruleKey).join()}]}`;
  if ('any' in rule) return `{"any":[${rule.any.map(ruleKey).join()}]}`;
  if ('not' in rule) return `{"not":${ruleKey(rule.not)}}`;
  if ('everyone' in rule) return '{"everyone":true}';
  if ('segment' in rule) return `{"segment":${JSON.stringify(rule.segment)}}`;
  const value = rule.op === 'blank' ? '' : `,"value":${JSON.stringify(rule.value)}`;
  return `{"field":${JSON.stringify(rule.field)},"op":"${rule.op}"${value}}`;
}

/** Returns whether two rules are written the same; no rule equals only no rule. */
export function sameRule(a: Rule | undefined, b: Rule | undefined): boolean {
  if (a === b) return true;
  return a !== undefined && b !== undefined && ruleKey(a) === ruleKey(b);
}
