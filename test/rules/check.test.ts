import { describe, expect, it } from 'vitest';
import type { FieldType } from '../../src/model/learner.js';
import type { Condition, Operator, Rule } from '../../src/model/rule.js';
import { all, any, everyone, field, inSegment, not } from '../../src/rules/build.js';
import { checkRule } from '../../src/rules/check.js';

const types = new Map<string, FieldType>([
  ['text', 'text'],
  ['number', 'number'],
  ['date', 'date'],
  ['boolean', 'boolean'],
]);
const operators = ['equals', 'in', 'contains', 'startsWith', 'endsWith', 'lt', 'lte', 'gt', 'gte', 'blank'] as const;
const allowed: { readonly [Type in FieldType]: readonly Operator[] } = {
  text: ['equals', 'in', 'contains', 'startsWith', 'endsWith', 'blank'],
  number: ['equals', 'in', 'lt', 'lte', 'gt', 'gte', 'blank'],
  date: ['equals', 'in', 'lt', 'lte', 'gt', 'gte', 'blank'],
  boolean: ['equals', 'blank'],
};
const fitting = { text: 'x', number: 1, date: '2026-03-01', boolean: true };

/** A condition of any operator and value, whether they go together or not. */
function condition(id: string, op: Operator, value: unknown): Condition {
  const asked = op === 'in' && !Array.isArray(value) ? [value] : value;
  return (op === 'blank' ? { field: id, op } : { field: id, op, value: asked }) as Condition;
}

const codes = (rule: Rule, declared: typeof types | 'none' = types) =>
  checkRule(rule, declared === 'none' ? undefined : declared).map(({ code }) => code);

describe('§7.4 operators by type', () => {
  const table = (Object.keys(fitting) as FieldType[]).flatMap((type) =>
    operators.map((op) => ({ type, op, verdict: allowed[type].includes(op) ? [] : ['operator_misfit'] })),
  );

  it.each(table)('operator $op on a declared $type field is $verdict', ({ type, op, verdict }) => {
    expect(codes(condition(type, op, fitting[type]))).toEqual(verdict);
  });

  it.each(
    (Object.keys(fitting) as FieldType[]).flatMap((type) =>
      (Object.keys(fitting) as FieldType[]).map((other) => ({ type, other })),
    ),
  )(
    'a condition on a declared $type field accepts a value of a $other field only if the value is of its own type',
    ({ type, other }) => {
      const fits = type === other || (type === 'text' && other === 'date');
      for (const op of type === 'boolean' ? (['equals'] as const) : (['equals', 'in'] as const))
        expect(codes(condition(type, op, fitting[other]))).toEqual(fits ? [] : ['value_misfit']);
    },
  );

  it.each([
    ['2026-02-30', 'date'],
    ['2026-03-01T12:00:00', 'date'],
    [Number.NaN, 'number'],
    [Number.POSITIVE_INFINITY, 'number'],
  ])('checkRule rejects the value %s for a %s field', (value, type) => {
    expect(codes(condition(type, 'equals', value))).toEqual(['value_misfit']);
  });

  it('checkRule rejects an "in" if one of its values does not fit', () => {
    expect(codes(condition('number', 'in', [1, '2']))).toEqual(['value_misfit']);
    expect(codes(condition('number', 'in', [1, 2]))).toEqual([]);
    expect(codes(condition('free', 'in', ['a', 1]), 'none')).toEqual(['value_misfit']);
  });

  it('checkRule rejects undeclared fields if any is declared, and all fields if an empty list is declared', () => {
    expect(codes(condition('other', 'equals', 'x'))).toEqual(['unknown_field']);
    expect(codes(condition('other', 'blank', undefined))).toEqual(['unknown_field']);
    expect(codes(condition('__proto__', 'blank', undefined))).toEqual(['unknown_field']);
    expect(codes(condition('text', 'equals', 'x'), new Map())).toEqual(['unknown_field']);
  });

  it.each([
    ['equals', 'x'],
    ['equals', 1],
    ['equals', false],
    ['contains', 'x'],
    ['startsWith', 'x'],
    ['endsWith', 'x'],
    ['in', ['x']],
    ['in', [1, 2]],
    ['lt', 1],
    ['lte', '2026-03-01'],
    ['gt', 0],
    ['gte', '2026-03-01T12:00Z'],
    ['blank', undefined],
  ] as const)('without declared fields, a rule may name any field: %s %j', (op, value) => {
    expect(codes(condition('other', op, value), 'none')).toEqual([]);
  });

  it.each([
    ['contains', 1],
    ['startsWith', true],
    ['lt', 'x'],
    ['gte', true],
    ['equals', Number.NaN],
  ] as const)('without declared fields, the type is that of the value: %s %s is rejected', (op, value) => {
    expect(codes(condition('other', op, value), 'none')).toEqual(['value_misfit']);
  });
});

describe('§7.5 blank values and empty lists', () => {
  it.each(operators.filter((op) => op !== 'blank'))('checkRule rejects a blank value in %s', (op) => {
    const declared = new Map<string, FieldType>([['f', allowed.text.includes(op) ? 'text' : 'number']]);
    for (const blank of ['', ' ', '\u00a0', null, undefined]) {
      expect(codes(condition('f', op, blank), declared)).toEqual(['blank_value']);
      expect(codes(condition('f', op, blank), 'none')).toEqual(['blank_value']);
    }
  });

  it('checkRule rejects an "in" without values or with a blank value', () => {
    expect(codes(field('text').in([]))).toEqual(['blank_value']);
    expect(codes(field('text').in(['x', ' ']))).toEqual(['blank_value']);
  });

  it('checkRule rejects an empty "all" and accepts an empty "any"', () => {
    expect(codes(all())).toEqual(['empty_all']);
    expect(codes(any())).toEqual([]);
    expect(codes(everyone)).toEqual([]);
  });
});

describe('issues', () => {
  it('checkRule lists all issues with their paths', () => {
    const rule = all(
      any(all(), everyone),
      not(field('x').blank()),
      field('text').lt(1),
      field('number').equals('secret'),
    );
    expect(checkRule(rule, types, ['edits', 0]).map(({ code, path }) => [code, path.join('.')])).toEqual([
      ['empty_all', 'edits.0.all.0.any.0.all'],
      ['unknown_field', 'edits.0.all.1.not.field'],
      ['operator_misfit', 'edits.0.all.2.op'],
      ['value_misfit', 'edits.0.all.3.value'],
    ]);
  });

  it.each([
    [field('x').blank(), 'no profile field "x" is declared'],
    [
      field('text').lt(1),
      'operator "lt" does not apply to the text field "text"; use equals, contains, startsWith, endsWith, in, blank',
    ],
    [field('number').equals('secret'), 'operator "equals" on field "number" takes a number, not text'],
    [
      field('date').gt('2026-02-30'),
      'operator "gt" on field "date" takes an ISO 8601 date or instant with its offset, not text',
    ],
    [field('text').equals(' '), 'the value is blank: use the operator "blank"'],
    [all(), 'an empty "all" is ambiguous: use { everyone: true }, or add a rule'],
  ])('messages name the fault and never the value: %j', (rule, message) => {
    expect(checkRule(rule, types)).toMatchObject([{ message }]);
  });

  it('checkRule does not check the segments that a rule refers to', () => {
    expect(codes(inSegment('missing'))).toEqual([]);
  });
});
