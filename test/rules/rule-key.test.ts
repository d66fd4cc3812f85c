import { describe, expect, it } from 'vitest';
import type { Rule } from '../../src/model/rule.js';
import { all, any, everyone, field, inSegment, not } from '../../src/rules/build.js';
import { ruleKey, sameRule } from '../../src/rules/rule-key.js';

const rules: Rule[] = [
  everyone,
  { any: [] },
  inSegment('s'),
  inSegment('t'),
  inSegment('"}'),
  not(everyone),
  not(inSegment('s')),
  all(everyone),
  any(everyone),
  all(inSegment('s'), inSegment('t')),
  any(inSegment('s'), inSegment('t')),
  all(inSegment('t'), inSegment('s')),
  all(inSegment('s'), all(inSegment('t'), everyone)),
  all(inSegment('s'), inSegment('t'), everyone),
  field('f').blank(),
  field('g').blank(),
  field('f').equals('1'),
  field('f').equals(1),
  field('f').contains('1'),
  field('f').equals(true),
  field('f').in(['1']),
  field('f').in([1]),
  field('f').in(['1', '2']),
  field('\ud800').blank(),
  field('\\ud800').blank(),
];

describe('§5 sameRule and ruleKey', () => {
  it('different rules have different keys', () => {
    expect(new Set(rules.map(ruleKey)).size).toBe(rules.length);
  });

  it('the order of keys does not matter', () => {
    const turned: Rule = { value: 'x', op: 'equals', field: 'f' };
    expect(sameRule(turned, field('f').equals('x'))).toBe(true);
    expect(sameRule(not(turned), not(field('f').equals('x')))).toBe(true);
  });

  it('no rule equals only no rule', () => {
    expect(sameRule(undefined, undefined)).toBe(true);
    expect(sameRule(undefined, everyone)).toBe(false);
    expect(sameRule(everyone, undefined)).toBe(false);
  });

  it('copies of a rule are the same rule', () => {
    expect(sameRule(all(everyone), all(everyone))).toBe(true);
    expect(sameRule(all(everyone), any(everyone))).toBe(false);
  });
});

it('the key is the JSON of the rule with keys in a fixed order, so that derived ids are stable', () => {
  const rule = all(
    any(),
    not(everyone),
    inSegment('s'),
    field('a').blank(),
    field('b').in(['x', 1] as never),
    field('c').equals(''),
  );
  expect(ruleKey(rule)).toBe(JSON.stringify(rule));
  expect(ruleKey(everyone)).toBe('{"everyone":true}');
  expect(ruleKey(field('a').blank())).toBe('{"field":"a","op":"blank"}');
});
