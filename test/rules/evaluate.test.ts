import { describe, expect, it } from 'vitest';
import type { FieldType, Learner } from '../../src/model/learner.js';
import type { Rule } from '../../src/model/rule.js';
import { all, any, everyone, field, inSegment, not } from '../../src/rules/build.js';
import { evaluate, holdsAt } from '../../src/rules/evaluate.js';
import { Program } from '../../src/rules/program.js';
import { slice } from '../../src/rules/slice.js';
import { EVERYONE, NO_LEARNER } from '../../src/rules/step.js';

const learner = (profile: Learner['profile'], more: Partial<Learner> = {}): Learner => ({ id: 'a', profile, ...more });

/** Which rows satisfy a rule. */
function rows(rule: Rule, learners: readonly (Learner | undefined)[], program = new Program(undefined)): number[] {
  const slot = program.compile(rule, (id) => program.placed(id));
  const evaluation = evaluate(slice(program, [slot], 'all'), learners);
  return [...learners.keys()].filter((row) => holdsAt(evaluation, slot, row));
}

describe('a batch', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => learner({ n: i, even: i % 2 === 0 }));

  it('a batch has a result for every learner, also after the first 32', () => {
    expect(rows(field('n').gte(31), hundred.slice(0, 34))).toEqual([31, 32, 33]);
    expect(rows(field('n').in([0, 31, 32, 63, 64, 99]), hundred)).toEqual([0, 31, 32, 63, 64, 99]);
    expect(rows(all(field('even').equals(true), field('n').gt(90)), hundred)).toEqual([92, 94, 96, 98]);
    expect(rows(any(field('n').lt(2), field('n').gt(97), field('n').equals(50)), hundred)).toEqual([0, 1, 50, 98, 99]);
    expect(rows(not(field('n').gt(1)), hundred)).toEqual([0, 1]);
    expect(rows(all(field('n').gt(1), field('n').lt(9), not(field('even').equals(true))), hundred)).toEqual([3, 5, 7]);
  });

  it('a batch may have one learner', () => {
    expect(rows(everyone, hundred.slice(0, 1))).toEqual([0]);
    expect(rows(any(), hundred)).toEqual([]);
    expect(rows(everyone, [])).toEqual([]);
  });

  it('a batch evaluates hand placements, also in segments that no rule names', () => {
    const people = [learner({}, { segments: ['s', 't'] }), learner({}, { segments: [] }), learner({}), undefined];
    expect(rows(inSegment('s'), people)).toEqual([0]);
    expect(rows(not(inSegment('s')), people.slice(0, 3))).toEqual([1, 2]);
    expect(rows(inSegment('__proto__'), [learner({}, { segments: ['__proto__'] }), learner({})])).toEqual([0]);
  });

  it('a row without a learner does not satisfy a condition', () => {
    expect(rows(field('n').blank(), [undefined, learner({})])).toEqual([1]);
  });

  it('a batch may have more distinct values than are cached', () => {
    // Fields share the cache: each of 64 has room for about 3,000 short texts.
    const fields = Array.from({ length: 63 }, (_, i): [string, FieldType] => [`f${i}`, 'text']);
    const program = new Program(new Map([['t', 'text'], ...fields]));
    const rule = any(field('t').startsWith('v1'), field('t').endsWith('7'));
    const expected = (i: number) => `v${i}`.startsWith('v1') || i % 10 === 7;
    const people = Array.from({ length: 8_000 }, (_, i) => learner({ t: `v${i}` }));
    const right = [...people.keys()].filter(expected);
    expect(rows(rule, people, program)).toEqual(right);
    expect(rows(rule, people, program)).toEqual(right);
  });

  it('long text is tested like other text', () => {
    const long = 'x'.repeat(300);
    expect(rows(field('t').equals(`${long}y`), [learner({ t: `${long}Y` }), learner({ t: long })])).toEqual([0]);
  });
});

describe('a slice', () => {
  it('a slice has the same results for its slots as the whole program', () => {
    const program = new Program(undefined);
    const slots = [
      all(field('a').equals(1), any(field('b').equals(1), not(field('c').blank()))),
      any(field('a').equals(1), field('b').equals(1)),
      not(all(field('a').equals(1), field('b').equals(1))),
    ].map((rule) => program.compile(rule, (id) => program.placed(id)));
    const people = [{ a: 1, b: 1 }, { a: 1 }, { b: 1, c: 1 }, { a: 1, c: 1 }, {}].map((profile) => learner(profile));
    const results = (wanted: number[], slot: number) => {
      const evaluation = evaluate(slice(program, wanted, 'all'), people);
      return people.map((_, row) => holdsAt(evaluation, slot, row));
    };
    for (const slot of slots) expect(results([slot], slot)).toEqual(results(slots, slot));
    expect(slice(program, [], 'all').code).toHaveLength(0);
    expect(slice(program, [slots[1]!], 'all').code.length).toBeLessThan(slice(program, slots, 'all').code.length);
  });
});

describe('§6 a malformed learner', () => {
  const types = new Map<string, FieldType>([
    ['t', 'text'],
    ['n', 'number'],
    ['b', 'boolean'],
    ['d', 'date'],
  ]);
  const faultOf = (who: unknown, program = new Program(types)): string | undefined =>
    evaluate(slice(program, [], 'all'), [learner({}), who as Learner]).invalid.get(1);

  it.each([
    [{ t: 7 }, 'Profile field "t" is declared as text but holds a number.'],
    [{ t: true }, 'Profile field "t" is declared as text but holds a boolean.'],
    [{ n: '7' }, 'Profile field "n" is declared as number but holds text.'],
    [{ n: Number.NaN }, 'Profile field "n" is declared as number but holds a number that is not finite.'],
    [{ b: 'true' }, 'Profile field "b" is declared as boolean but holds text.'],
    [
      { d: '2026-02-30' },
      'Profile field "d" is declared as date but holds text that is not an ISO 8601 date or instant.',
    ],
    [
      { d: '2026-01-01T10:00' },
      'Profile field "d" is declared as date but holds text that is not an ISO 8601 date or instant.',
    ],
    [{ d: 5 }, 'Profile field "d" is declared as date but holds a number.'],
    [{ t: {} }, 'Profile field "t" is declared as text but holds an object.'],
    [{ t: ['x', 7] }, 'Profile field "t" is declared as text but holds a number.'],
    [{ t: [['x']] }, 'Profile field "t" is declared as text but holds a list.'],
  ])(
    'a learner with a wrong type in a declared field is malformed, whether a rule asks for it or not: %j',
    (profile, fault) => {
      expect(faultOf({ id: 'a', profile })).toBe(fault);
    },
  );

  it.each([
    { t: 'x', n: 1, b: false, d: '2026-01-01' },
    { t: ['x', null, ''], n: [1, ' '], b: [], d: undefined },
    { other: {}, n: '' },
    {},
  ])('a learner with the profile %j is not malformed', (profile) => {
    expect(faultOf({ id: 'a', profile })).toBeUndefined();
  });

  it('an inherited value does not make a learner malformed', () => {
    expect(faultOf({ id: 'a', profile: Object.create({ n: 'x' }) })).toBeUndefined();
    expect(faultOf({ id: 'a', profile: {} }, new Program(new Map([['toString', 'text']])))).toBeUndefined();
    expect(faultOf({ id: 'a', profile: Object.create(null) })).toBeUndefined();
  });

  it('a learner whose row throws when it is read is malformed', () => {
    const proxied = new Proxy(
      {},
      {
        getPrototypeOf: () => {
          throw new Error('not loaded');
        },
      },
    );
    const guarded = {
      ...learner({}),
      profile: Object.defineProperty({}, 't', {
        get: () => {
          throw new Error('not loaded');
        },
      }),
    };
    expect(faultOf(guarded)).toBe('Reading the row throws an error.');
    expect(faultOf({ id: 'a', profile: proxied })).toBeUndefined();
    expect(
      faultOf({
        id: 'a',
        get profile() {
          throw new Error('not loaded');
        },
      }),
    ).toBe('Reading the row throws an error.');
  });

  it.each([
    [{ id: 'a', profile: null }, 'The profile is null.'],
    [{ id: 'a', profile: [] }, 'The profile is a list.'],
    [{ id: 'a', profile: 'x' }, 'The profile is text.'],
    [{ id: 'a', profile: {}, active: 'no' }, '"active" is text, not a boolean.'],
    [{ id: 'a', profile: {}, active: null }, '"active" is null, not a boolean.'],
    [{ id: 'a', profile: {}, segments: 's' }, 'The segments are text, not a list.'],
    [{ id: 'a', profile: {}, segments: ['s', 1] }, 'One of the segments is a number, not an id.'],
  ])('a learner with the row %j is malformed', (who, fault) => {
    expect(faultOf(who)).toBe(fault);
    expect(faultOf(who, new Program(undefined))).toBe(fault);
  });

  it('a learner without a profile is malformed', () => {
    expect(faultOf({ id: 'a' })).toMatch(/^The profile is /u);
  });

  it.each([true, false, undefined])('"active" may be %s', (active) => {
    expect(faultOf({ id: 'a', profile: {}, active, segments: ['s'] })).toBeUndefined();
  });

  it('without declared fields, a value of no field type makes a learner malformed if a rule names the field', () => {
    const program = new Program(undefined);
    program.compile(field('t').equals('x'), () => NO_LEARNER);
    for (const value of [{}, Number.NaN, [['x']], () => 1, 1n, Symbol('x')])
      expect(faultOf({ id: 'a', profile: { t: value } }, program)).toMatch(/^Profile field "t" holds an? /u);
    for (const value of ['x', 1, true, null, ['x', 1], Number.POSITIVE_INFINITY])
      expect(faultOf({ id: 'a', profile: { t: value, other: {} } }, program)).toBeUndefined();
  });

  it('a malformed learner does not affect other rows', () => {
    const program = new Program(types);
    const slot = program.compile(field('t').equals('x'), () => NO_LEARNER);
    const evaluation = evaluate(slice(program, [slot], 'all'), [
      learner({ t: 'x' }),
      { id: 'b', profile: null } as unknown as Learner,
      learner({ t: 'x', n: 'x' }),
      learner({ t: 'x' }),
    ]);
    expect([...evaluation.invalid.keys()]).toEqual([1, 2]);
    expect([0, 3].every((row) => holdsAt(evaluation, slot, row))).toBe(true);
    expect(holdsAt(evaluation, EVERYONE, 3)).toBe(true);
    expect(holdsAt(evaluation, NO_LEARNER, 3)).toBe(false);
  });

  it('the reason for a malformed learner contains no values', () => {
    expect(faultOf({ id: 'a', profile: { n: 'secret', d: 'secret', b: 'secret' } })).not.toContain('secret');
  });
});
