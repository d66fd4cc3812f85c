import { describe, expect, it, vi } from 'vitest';
import type { FieldType, Scalar } from '../../src/model/learner.js';
import { field } from '../../src/rules/build.js';
import { testOf, type ValueCondition } from '../../src/rules/condition.js';
import { FieldColumn } from '../../src/rules/field-column.js';

/** A column among a number of fields. */
function column(declared: FieldType | undefined, fields = 1): FieldColumn {
  const all = new Map<string, FieldColumn>();
  const made = new FieldColumn('f', declared, all);
  for (let i = 0; i < fields; i++) all.set(`f${i}`, made);
  return made;
}

/** The test of a condition on the field. */
function asking(condition: unknown) {
  return testOf(condition as ValueCondition, undefined);
}

const f = field('f');

describe('a column', () => {
  it('a column tests a value once, until another test is added', () => {
    const text = column('text');
    text.add(asking(f.equals('x')), 5);
    const first = text.resultOf('X');
    expect(first).toEqual({ slots: [5], blank: false });
    expect(text.resultOf('X')).toBe(first);
    text.add(asking(f.startsWith('x')), 6);
    expect(text.resultOf('X').slots).toEqual([5, 6]);
    expect([...text.slots]).toEqual([5, 6]);
  });

  it('values with equal results share one object', () => {
    const text = column('text');
    text.add(asking(f.contains('x')), 5);
    text.add(asking(f.contains('y')), 6);
    expect(text.resultOf('axa')).toBe(text.resultOf('xx'));
    expect(text.resultOf('axa')).not.toBe(text.resultOf('y'));
    expect(text.resultOf('a')).toBe(text.resultOf('b'));
    expect(text.resultOf('a')).toEqual({ slots: [], blank: false });
    expect(text.resultOf(' ')).toBe(text.resultOf(null as unknown as Scalar));
    expect(text.resultOf(' ')).toEqual({ slots: [], blank: true });
  });

  it('a value sets each slot once', () => {
    const text = column('text');
    text.add(asking(f.in(['x', 'X', 'y'])), 5);
    expect(text.resultOf('x').slots).toEqual([5]);
    expect(text.resultOf('Y').slots).toEqual([5]);
  });

  it('an undeclared field is compared in the types of all its conditions', () => {
    const any = column(undefined);
    any.add(asking(f.equals('2026-01-01')), 5);
    any.add(asking(f.lt('2026-01-02')), 6);
    any.add(asking(f.gt(1)), 7);
    any.add(asking(f.equals(true)), 8);
    expect(['2026-01-01', 2, 1, true, false, '2025-01-01', 'x'].map((value) => any.resultOf(value).slots)).toEqual([
      [5, 6],
      [7],
      [],
      [8],
      [],
      [6],
      [],
    ]);
    expect(any.steps()).toEqual([]);
  });

  it('steps propagate slots from limit to limit', () => {
    const number = column('number');
    number.add(asking(f.lt(1)), 5);
    number.add(asking(f.lte(2)), 6);
    number.add(asking(f.gt(8)), 7);
    number.add(asking(f.gte(8)), 8);
    expect([0, 1, 2, 5, 8, 9].map((value) => number.resultOf(value).slots)).toEqual([[5], [6], [6], [], [8], [7]]);
    expect(number.steps()).toEqual([
      { op: 'or', inputs: [6, 5], out: 6 },
      { op: 'or', inputs: [8, 7], out: 8 },
    ]);
  });

  it('a copy has the tests and the blank condition, and adding to it does not change the original', () => {
    const text = column('text');
    text.add(asking(f.equals('x')), 5);
    text.blank(6);
    const copy = text.copy();
    copy.add(asking(f.equals('y')), 7);
    expect([copy.id, copy.declared, copy.blankSlot, [...copy.slots]]).toEqual(['f', 'text', 6, [5, 6, 7]]);
    expect([copy.resultOf('x').slots, copy.resultOf('y').slots]).toEqual([[5], [7]]);
    expect(text.resultOf('y').slots).toEqual([]);
    expect([...text.slots]).toEqual([5, 6]);
    expect(column('text').copy().blankSlot).toBeUndefined();
  });
});

describe('the cache of a column', () => {
  // Results on misfits are not shared, so the same object again means that it was cached.
  it('long text is not cached', () => {
    const number = column('number');
    const [kept, long] = ['x'.repeat(256), 'x'.repeat(257)];
    const first = [number.resultOf(kept), number.resultOf(long)];
    expect(number.resultOf(kept)).toBe(first[0]);
    expect(number.resultOf(long)).not.toBe(first[1]);
    expect(number.resultOf(long)).toEqual(first[1]);
  });

  it.each([
    [16, 1 << 14],
    [128, 1 << 11],
  ])('with %i fields, a column clears its cache when it exceeds its share', (fields, share) => {
    const text = column('text', fields);
    const first = text.resultOf(0);
    for (let i = 1; i < share; i++) text.resultOf(i);
    expect(text.resultOf(0)).toBe(first);
    const next = text.resultOf(share);
    expect(text.resultOf(share)).toBe(next);
    expect(text.resultOf(0)).not.toBe(first);
    for (let i = 1; i < share - 2; i++) text.resultOf(i);
    expect(text.resultOf(share)).toBe(next);
  });

  it('the cache counts text by its length', () => {
    const number = column('number', 1 << 10);
    const long = (i: number) => String(i).padStart(240, 'x');
    // Each of them costs 64 of 1,024.
    const first = number.resultOf(long(0));
    for (let i = 1; i < 16; i++) number.resultOf(long(i));
    expect(number.resultOf(long(0))).toBe(first);
    number.resultOf(long(16));
    expect(number.resultOf(long(0))).not.toBe(first);
  });

  it('the cache counts the slots of results', () => {
    const number = column('number', 1 << 10);
    // Each of these values marks 50 slots and costs 104 of 1,024.
    for (let slot = 0; slot < 500; slot++) number.add(asking(f.equals(Math.floor(slot / 50))), slot);
    const first = number.resultOf(0);
    for (let value = 1; value < 9; value++) number.resultOf(value);
    expect(number.resultOf(0)).toBe(first);
    number.resultOf(9);
    expect(number.resultOf(0)).not.toBe(first);
    expect(number.resultOf(0)).toEqual(first);
  });
});

describe('a misfit', () => {
  it.each([
    ['text', 'x'],
    ['number', 1],
    ['boolean', false],
  ] as const)('a fitting value of a %s field is recognised without a result', (declared, value) => {
    const made = column(declared);
    const resultOf = vi.spyOn(made, 'resultOf');
    expect(made.misfit(value)).toBeUndefined();
    expect(resultOf).not.toHaveBeenCalled();
  });

  it.each([
    ['text', 1, 'is declared as text but holds a number'],
    ['number', Number.POSITIVE_INFINITY, 'is declared as number but holds a number that is not finite'],
    ['boolean', 'true', 'is declared as boolean but holds text'],
    ['date', 'soon', 'is declared as date but holds text that is not an ISO 8601 date or instant'],
    ['date', 1, 'is declared as date but holds a number'],
    [undefined, Number.NaN, 'holds a number that is not finite'],
  ] as const)('a %s field does not fit %s: %s', (declared, value, fault) => {
    expect(column(declared).misfit(value)).toBe(fault);
  });

  it.each([
    ['date', '2026-01-01'],
    ['text', null],
    ['number', ' '],
    [undefined, 1],
    [undefined, Number.POSITIVE_INFINITY],
  ] as const)('a %s field fits %s', (declared, value) => {
    expect(column(declared).misfit(value as Scalar)).toBeUndefined();
  });
});
