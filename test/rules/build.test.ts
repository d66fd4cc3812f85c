import { describe, expect, it } from 'vitest';
import { all, any, everyone, field, inSegment, not } from '../../src/rules/build.js';
import { ruleFromList } from '../../src/rules/rule-list.js';

const a = field('a').equals(1);
const b = field('b').equals(2);
const c = field('c').equals(3);
const d = field('d').equals(4);

describe('builders', () => {
  it.each([
    [field('site').equals('Bristol'), { field: 'site', op: 'equals', value: 'Bristol' }],
    [field('f').contains('x'), { field: 'f', op: 'contains', value: 'x' }],
    [field('f').startsWith('x'), { field: 'f', op: 'startsWith', value: 'x' }],
    [field('f').endsWith('x'), { field: 'f', op: 'endsWith', value: 'x' }],
    [field('f').in(['x', 'y']), { field: 'f', op: 'in', value: ['x', 'y'] }],
    [field('f').lt(1), { field: 'f', op: 'lt', value: 1 }],
    [field('f').lte(1), { field: 'f', op: 'lte', value: 1 }],
    [field('f').gt(1), { field: 'f', op: 'gt', value: 1 }],
    [field('f').gte('2026-03-01'), { field: 'f', op: 'gte', value: '2026-03-01' }],
    [field('f').blank(), { field: 'f', op: 'blank' }],
    [all(a, b), { all: [a, b] }],
    [any(a, b), { any: [a, b] }],
    [not(a), { not: a }],
    [inSegment('s'), { segment: 's' }],
    [everyone, { everyone: true }],
  ])('builders return plain JSON: %j', (built, json) => {
    expect(built).toEqual(json);
    expect(JSON.parse(JSON.stringify(built))).toEqual(json);
  });

  it('builders never throw', () => {
    expect(all()).toEqual({ all: [] });
    expect(any()).toEqual({ any: [] });
    expect(field('').equals('')).toEqual({ field: '', op: 'equals', value: '' });
  });

  it('the shared "everyone" rule is frozen', () => {
    expect(Object.isFrozen(everyone)).toBe(true);
  });
});

describe('ruleFromList', () => {
  it.each([
    ['one', [a], a],
    ['a and b', [a, 'and', b], { all: [a, b] }],
    ['a or b', [a, 'or', b], { any: [a, b] }],
    ['a and b or c', [a, 'and', b, 'or', c], { any: [{ all: [a, b] }, c] }],
    ['a or b and c', [a, 'or', b, 'and', c], { any: [a, { all: [b, c] }] }],
    ['a and b or c and d', [a, 'and', b, 'or', c, 'and', d], { any: [{ all: [a, b] }, { all: [c, d] }] }],
    ['a or b or c', [a, 'or', b, 'or', c], { any: [a, b, c] }],
    ['a and b and c', [a, 'and', b, 'and', c], { all: [a, b, c] }],
  ] as const)('§7.6 ruleFromList binds "and" tighter than "or": %s', (_, list, expected) => {
    expect(ruleFromList(list)).toEqual(expected);
  });

  it('ruleFromList does not take a rule in the list apart', () => {
    expect(ruleFromList([any(a, b), 'and', c])).toEqual({ all: [{ any: [a, b] }, c] });
  });

  it('ruleFromList treats a missing connective as "and" and ignores a superfluous "or"', () => {
    expect(ruleFromList([a, b])).toEqual({ all: [a, b] });
    expect(ruleFromList([a, 'or'])).toEqual(a);
    expect(ruleFromList([a, 'or', 'or', b, 'and'])).toEqual({ any: [a, b] });
  });

  it('§7.5 ruleFromList of an empty list matches no learner', () => {
    expect(ruleFromList([])).toEqual({ any: [] });
  });
});
