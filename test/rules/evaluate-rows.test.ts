import { describe, expect, it } from 'vitest';
import type { FieldType, Learner } from '../../src/model/learner.js';
import { field } from '../../src/rules/build.js';
import { checkRule } from '../../src/rules/check.js';
import { evaluate, holdsAt } from '../../src/rules/evaluate.js';
import { FieldColumn } from '../../src/rules/field-column.js';
import { Program } from '../../src/rules/program.js';
import { slice } from '../../src/rules/slice.js';
import { NO_LEARNER } from '../../src/rules/step.js';
import { comparable } from '../../src/rules/value.js';

const person = (profile: unknown): Learner => ({ id: 'a', profile }) as Learner;
const unread = () => {
  throw new Error('not loaded');
};

describe('a row', () => {
  const types = new Map<string, FieldType>([['t', 'text']]);
  const asked = (learners: (Learner | undefined)[]) => {
    const program = new Program(types);
    const slot = program.compile(field('t').equals('x'), () => NO_LEARNER);
    const evaluation = evaluate(slice(program, [slot], 'all'), learners);
    return { invalid: [...evaluation.invalid], holds: learners.map((_, row) => holdsAt(evaluation, slot, row)) };
  };

  it('a row without a learner is not malformed', () => {
    expect(asked([undefined, person({ t: 'x' }), undefined])).toEqual({ invalid: [], holds: [false, true, false] });
  });

  it('a row is unreadable if a value that a rule asks for throws', () => {
    const lazy = Object.defineProperty({}, 't', { get: unread });
    expect(asked([person({ t: 'x' }), person(lazy)]).invalid).toEqual([[1, 'Reading the row throws an error.']]);
  });

  it('a row whose value is an object is malformed, also in a field that a rule asks for', () => {
    const people = [{}, null, ['x', {}], ['x', null]].map((t) => person({ t }));
    const fault = 'Profile field "t" is declared as text but holds an object.';
    expect(asked(people).invalid).toEqual([
      [0, fault],
      [2, fault],
    ]);
  });

  it('a row has no inherited values, even if its prototype cannot be read', () => {
    const inherited = Object.create({ t: 'x' });
    const hidden = new Proxy(inherited, { getPrototypeOf: unread });
    expect(asked([person(inherited), person(hidden), person({ t: 'x' })])).toEqual({
      invalid: [],
      holds: [false, false, true],
    });
    expect(asked([person(hidden)]).holds).toEqual([false]);
  });
});

describe('thresholds on a field', () => {
  it('a value satisfies every limit that it is below, or above, also if another limit is nearer', () => {
    const program = new Program(undefined);
    const n = field('n');
    const slots = [n.lt(10), n.lt(5), n.lte(5), n.gt(0), n.gte(5), n.gt(7)].map((rule) =>
      program.compile(rule, () => NO_LEARNER),
    );
    const evaluation = evaluate(
      slice(program, slots, 'all'),
      [1, 5, 8, 12].map((n) => person({ n })),
    );
    const rows = slots.map((slot) => [0, 1, 2, 3].map((row) => Number(holdsAt(evaluation, slot, row))).join(''));
    expect(rows).toEqual(['1110', '1000', '1100', '1111', '0111', '0011']);
    expect(new Program(undefined).steps).toEqual([]);
  });
});

describe('values that do not fit', () => {
  it('text in the format of a date may not be a date', () => {
    expect(comparable('date', ['2026-01-01'] as never)).toBeUndefined();
    expect(comparable('date', '2026-01-01')).toBe(Date.UTC(2026, 0, 1));
  });

  it('a value that does not fit sets no slot and is not blank', () => {
    for (const declared of ['number', undefined] as const) {
      const { slots, blank } = new FieldColumn('f', declared, new Map()).resultOf(Number.NaN);
      expect([slots, blank]).toEqual([[], false]);
    }
  });

  it('checkRule reports paths from the rule on if no path is given', () => {
    expect(checkRule(field('gone').blank(), new Map()).map(({ path }) => path)).toEqual([['field']]);
  });

  it('the copy of a column without conditions has none', () => {
    expect([...new FieldColumn('f', undefined, new Map()).copy().slots]).toEqual([]);
  });
});
