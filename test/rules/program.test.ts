import { describe, expect, it } from 'vitest';
import type { FieldType } from '../../src/model/learner.js';
import type { Rule } from '../../src/model/rule.js';
import { all, any, everyone, field, inSegment, not } from '../../src/rules/build.js';
import { Program } from '../../src/rules/program.js';
import { EVERYONE, NO_LEARNER } from '../../src/rules/step.js';

const a = field('a').equals('x');
const b = field('b').equals('x');

/** The slots of several rules in one program. */
function slots(...rules: Rule[]): number[] {
  const program = new Program(undefined);
  return rules.map((rule) => program.compile(rule, (id) => program.placed(id)));
}

describe('a program', () => {
  it('a program counts its fields and those that it adds to an earlier program', () => {
    const program = new Program(undefined);
    program.compile(all(a, b), (id) => program.placed(id));
    expect([...program.fields.values()].map(({ sharing }) => sharing.size)).toEqual([2, 2]);
    const next = new Program(undefined, program);
    next.compile(field('c').equals('x'), (id) => next.placed(id));
    expect([...next.fields.values()].map(({ sharing }) => sharing.size)).toEqual([3, 3, 3]);
  });

  it.each([
    [everyone, EVERYONE],
    [any(), NO_LEARNER],
    [not(everyone), NO_LEARNER],
    [not(any()), EVERYONE],
    [all(a, any()), NO_LEARNER],
    [any(a, everyone), EVERYONE],
    [all(everyone, everyone), EVERYONE],
    [any(any(), any()), NO_LEARNER],
  ])('a program recognises rules that hold for every learner or for none: %j', (rule, slot) => {
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
  ])('equal rules share a slot: %s', (_, one, other) => {
    const [x, y] = slots(one, other);
    expect(x).toBe(y);
  });

  it('different rules have different slots', () => {
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
    expect(new Set([...found, EVERYONE, NO_LEARNER]).size).toBe(rules.length + 2);
  });
});

describe('a program that extends another', () => {
  const types = new Map<string, FieldType>([
    ['a', 'text'],
    ['b', 'text'],
    ['c', 'text'],
  ]);
  const compileIn = (program: Program, rule: Rule) => program.compile(rule, (id) => program.placed(id));
  const first = new Program(types);
  const known = [a, all(a, b), not(a), inSegment('s'), field('a').blank()].map(
    (rule) => [rule, compileIn(first, rule)] as const,
  );
  const { size, steps } = first;

  it('an extended program reuses slots and adds new ones', () => {
    const next = new Program(types, first);
    for (const [rule, slot] of known) expect(compileIn(next, rule)).toBe(slot);
    expect([next.size, next.steps]).toEqual([size, steps]);
    expect(compileIn(next, any(a, b))).toBe(size);
    expect(compileIn(next, inSegment('t'))).toBe(size + 1);
    expect(next.steps).toHaveLength(steps.length + 1);
  });

  it('extending a program does not change the original', () => {
    const next = new Program(types, first);
    const slot = compileIn(next, field('a').equals('y'));
    compileIn(next, all(a, field('b').equals('y')));
    next.placed('t');
    expect([first.size, first.steps, [...first.placements.keys()]]).toEqual([size, steps, ['s']]);
    expect(first.fields.get('a')!.resultOf('y').slots).toEqual([]);
    expect(next.fields.get('a')!.resultOf('y').slots).toEqual([slot]);
    expect(next.fields.get('a')!.resultOf('x').slots).toEqual([compileIn(first, a)]);
    expect(next.fields.get('a')!.blankSlot).toBe(first.fields.get('a')!.blankSlot);
  });

  it('an extended program shares unchanged fields and copies a changed field once', () => {
    const next = new Program(types, first);
    compileIn(next, field('a').equals('y'));
    const copied = next.fields.get('a');
    compileIn(next, field('a').equals('z'));
    expect(next.fields.get('a')).toBe(copied);
    expect(copied).not.toBe(first.fields.get('a'));
    expect(['b', 'c'].map((id) => next.fields.get(id) === first.fields.get(id))).toEqual([true, true]);
    expect([...next.fields.keys()]).toEqual(['a', 'b', 'c']);
  });
});

describe('the fields of a program', () => {
  it('the fields of a program are the declared ones, or those that rules name', () => {
    const declared = new Program(new Map([['n', 'number']]));
    expect([...declared.fields.values()].map(({ id, declared }) => [id, declared])).toEqual([['n', 'number']]);
    const named = new Program(undefined);
    named.compile(a, () => NO_LEARNER);
    expect([...named.fields.values()].map(({ id, declared }) => [id, declared])).toEqual([['a', undefined]]);
  });
});
