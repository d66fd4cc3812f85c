import { describe, expect, it } from 'vitest';
import type { Rule } from '../../src/model/rule.js';
import { all, any, everyone, field, inSegment, not } from '../../src/rules/build.js';
import { EVERYONE, NOBODY, Program } from '../../src/rules/program.js';

const a = field('a').equals('x');
const b = field('b').equals('x');

/** The slots of several rules in one program. */
function slots(...rules: Rule[]): number[] {
  const program = new Program(undefined);
  return rules.map((rule) => program.compile(rule, (id) => program.placed(id)));
}

describe('a program', () => {
  it.each([
    [everyone, EVERYONE],
    [any(), NOBODY],
    [not(everyone), NOBODY],
    [not(any()), EVERYONE],
    [all(a, any()), NOBODY],
    [any(a, everyone), EVERYONE],
    [all(everyone, everyone), EVERYONE],
    [any(any(), any()), NOBODY],
  ])('knows beforehand what holds for everyone or nobody: %j', (rule, slot) => {
    expect(slots(rule)).toEqual([slot]);
  });

  it.each([
    ['the same condition', a, field('a').equals('x')],
    ['a condition that folds to the same', a, field('a').equals(' X ')],
    ['a list that folds to the same', field('a').in(['x', 'y']), field('a').in(['X', 'y', 'Y'])],
    ['one alternative', a, any(a)],
    ['one part', a, all(a, everyone)],
    ['an alternative twice', any(a, b), any(a, b, a)],
    ['another order', all(a, b), all(b, a)],
    ['no effect', any(a, b), any(a, any(), b)],
    ['the same negation', not(a), not(a)],
    ['the same segment', inSegment('s'), inSegment('s')],
    ['the same blank', field('a').blank(), field('a').blank()],
  ])('evaluates once what says the same: %s', (_, one, other) => {
    const [x, y] = slots(one, other);
    expect(x).toBe(y);
  });

  it('keeps apart what does not', () => {
    const rules = [
      a,
      b,
      not(a),
      all(a, b),
      any(a, b),
      field('a').blank(),
      field('b').blank(),
      inSegment('a'),
      inSegment('b'),
      field('a').equals('y'),
      field('a').contains('x'),
      field('a').in(['x']),
      field('a').equals(1),
      field('a').equals(true),
      field('a').gt(1),
      field('a').gt('1970-01-01T00:00:00.001Z'),
    ];
    const found = slots(...rules);
    expect(new Set([...found, EVERYONE, NOBODY]).size).toBe(rules.length + 2);
  });
});
