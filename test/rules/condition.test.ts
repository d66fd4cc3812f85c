import { describe, expect, it } from 'vitest';
import type { FieldType, Profile } from '../../src/model/learner.js';
import { all, any, everyone, field, not } from '../../src/rules/build.js';
import { holds } from './learners.js';

const f = field('f');
const types = (type: FieldType) => new Map([['f', type]]);

describe('§7.1, §7.4 text', () => {
  it.each([
    [f.equals('bristol'), ' BRISTOL\u00a0', true],
    [f.equals('Bristol'), 'Bristol Temple', false],
    [f.equals('STRASSE'), 'Straße', true],
    [f.equals('ς'), 'Σ', true],
    [f.equals('ﬁ'), 'FI', true],
    [f.equals('007'), '007', true],
    [f.equals('007'), '7', false],
    [f.contains('st'), 'BRISTOL', true],
    [f.contains('bristol'), 'bristol', true],
    [f.contains('new york'), 'in New \t York now', true],
    [f.contains('x'), 'bristol', false],
    [f.startsWith('BR'), 'bristol', true],
    [f.startsWith('ri'), 'bristol', false],
    [f.endsWith('OL'), 'bristol', true],
    [f.endsWith('to'), 'bristol', false],
    [f.in(['leeds', 'bristol']), 'Bristol', true],
    [f.in(['leeds', 'York']), 'Bristol', false],
  ])('%j on %j: %s', (rule, value, expected) => {
    expect(holds(rule, { f: value })).toBe(expected);
    expect(holds(rule, { f: value }, types('text'))).toBe(expected);
  });
});

describe('§7.4 numbers', () => {
  it.each([
    [f.equals(7), 7, true],
    [f.equals(7), 8, false],
    [f.equals(0), -0, true],
    [f.in([1, 2]), 2, true],
    [f.in([1, 2]), 3, false],
    [f.lt(7), 6.9, true],
    [f.lt(7), 7, false],
    [f.lte(7), 7, true],
    [f.lte(7), 7.1, false],
    [f.gt(7), 7.1, true],
    [f.gt(7), 7, false],
    [f.gte(7), 7, true],
    [f.gte(7), 6.9, false],
    [f.lt(10), 9, true],
  ])('%j on %j: %s', (rule, value, expected) => {
    expect(holds(rule, { f: value })).toBe(expected);
    expect(holds(rule, { f: value }, types('number'))).toBe(expected);
  });
});

describe('§7.4 dates, compared in time', () => {
  const [before, day, after] = ['2026-02-28T23:59:59.999Z', '2026-03-01', '2026-03-01T00:00:00.001Z'] as const;
  it.each([
    [f.lt(day), before, true],
    [f.lt(day), day, false],
    [f.lte(day), day, true],
    [f.lte(day), after, false],
    [f.gt(day), after, true],
    [f.gt(day), day, false],
    [f.gte(day), day, true],
    [f.gte(day), before, false],
    [f.gte(day), '2026-03-01T01:00+02:00', false],
    [f.lt('2026-03-01T10:00+01:00'), '2026-03-01T09:30+02:00', true],
  ])('%j on %s: %s', (rule, value, expected) => {
    expect(holds(rule, { f: value })).toBe(expected);
    expect(holds(rule, { f: value }, types('date'))).toBe(expected);
  });

  it('dates are equal at the same instant if the field is declared, and as text if it is not', () => {
    const offset = '2026-03-01T01:00:00+01:00';
    for (const rule of [f.equals(day), f.in(['2020-01-01', day])]) {
      expect(holds(rule, { f: offset }, types('date'))).toBe(true);
      expect(holds(rule, { f: offset })).toBe(false);
      expect(holds(rule, { f: day })).toBe(true);
    }
  });
});

describe('§7.4 booleans', () => {
  it.each([
    [f.equals(true), true, true],
    [f.equals(true), false, false],
    [f.equals(false), false, true],
  ])('%j on %j: %s', (rule, value, expected) => {
    expect(holds(rule, { f: value })).toBe(expected);
    expect(holds(rule, { f: value }, types('boolean'))).toBe(expected);
  });
});

describe('§7.4 without declared fields, a profile value of another type does not satisfy a condition', () => {
  it.each([
    [f.equals('7'), 7],
    [f.equals(7), '7'],
    [f.equals('true'), true],
    [f.equals(true), 'true'],
    [f.equals(1), true],
    [f.contains('1'), 10],
    [f.startsWith('1'), 10],
    [f.endsWith('0'), 10],
    [f.in(['1']), 1],
    [f.in([1]), '1'],
    [f.lt(7), '6'],
    [f.gt('2026-03-01'), Number.MAX_SAFE_INTEGER],
    [f.gt('2026-03-01'), 'zzz'],
    [f.gt('2026-03-01'), '2026-02-30'],
    [f.gt('2020-01-01'), '2026-03-01T12:00:00'],
  ])('%j does not hold for %j', (rule, value) => {
    expect(holds(rule, { f: value })).toBe(false);
  });
});

describe('§7.2 blank', () => {
  const blanks: Profile[] = [
    {},
    { f: undefined },
    { f: null },
    { f: '' },
    { f: ' \t\u00a0' },
    { f: [] },
    { f: [null, '', ' ', undefined] },
    Object.create({ f: 'inherited' }) as Profile,
  ];
  const conditions = [
    f.equals('x'),
    f.contains('x'),
    f.startsWith('x'),
    f.endsWith('x'),
    f.in(['x']),
    f.lt(1),
    f.lte(0),
    f.gt(-1),
    f.gte(0),
    f.equals(false),
    f.equals(0),
    f.gt('1900-01-01'),
  ];

  it.each(blanks)('profile %j satisfies "blank" and no other operator', (profile) => {
    expect(holds(f.blank(), profile)).toBe(true);
    for (const condition of conditions) expect(holds(condition, profile)).toBe(false);
  });

  it.each([0, false, 'x', [0], [null, 'x'], ['', false]])('%j is not blank', (value) => {
    expect(holds(f.blank(), { f: value })).toBe(false);
  });

  it.each(['text', 'number', 'date', 'boolean'] as const)('a blank value is valid in a declared %s field', (type) => {
    for (const profile of blanks) expect(holds(f.blank(), profile, types(type))).toBe(true);
  });

  it('only own properties of a profile count, whatever their names', () => {
    for (const id of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      expect(holds(field(id).blank(), {})).toBe(true);
      expect(holds(field(id).equals('x'), JSON.parse(`{"${id}":"x"}`))).toBe(true);
    }
    expect(holds(f.equals('x'), Object.assign(Object.create(null), { f: 'x' }))).toBe(true);
    expect(holds(field('').equals('x'), { '': 'x' })).toBe(true);
  });
});

describe('§7.2 negation is logical', () => {
  it.each([
    [not(f.equals('x')), {}, true],
    [not(f.equals('x')), { f: 'x' }, false],
    [not(f.equals('x')), { f: 'y' }, true],
    [not(f.equals('x')), { f: 7 }, true],
    [not(f.gt(7)), { f: '8' }, true],
    [not(f.blank()), { f: 'x' }, true],
    [not(f.blank()), {}, false],
    [all(not(f.equals('x')), not(f.blank())), {}, false],
    [all(not(f.equals('x')), not(f.blank())), { f: 'y' }, true],
    [not(not(f.equals('x'))), { f: 'x' }, true],
    [not(everyone), {}, false],
    [not(any()), {}, true],
  ])('%j on %j: %s', (rule, profile, expected) => {
    expect(holds(rule, profile)).toBe(expected);
  });
});

describe('§7.3 a condition on a list holds if any element satisfies it', () => {
  it.each([
    [f.equals('y'), ['x', 'Y'], true],
    [f.equals('z'), ['x', 'y'], false],
    [f.equals('y'), [null, '', 'y'], true],
    [f.gt(5), [1, 9], true],
    [f.gt(9), [1, 9], false],
    [all(f.lt(2), f.gt(8)), [1, 9], true],
    [not(f.equals('x')), ['x', 'y'], false],
    [all(f.equals('x'), f.equals('y')), ['x', 'y'], true],
    [f.equals('y'), [7, true, 'y'], true],
  ])('%j on %j: %s', (rule, value, expected) => {
    expect(holds(rule, { f: value })).toBe(expected);
  });
});

describe('§7.5 combinations', () => {
  const yes = f.equals('x');
  const no = f.equals('y');
  it.each([
    [everyone, true],
    [any(), false],
    [any(no, yes), true],
    [any(no, no), false],
    [all(yes, yes), true],
    [all(yes, no), false],
    [any(all(yes, no), everyone), true],
    [all(everyone, any()), false],
  ])('%j evaluates to %s', (rule, expected) => {
    expect(holds(rule, { f: 'x' })).toBe(expected);
  });
});
