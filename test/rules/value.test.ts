import { describe, expect, it } from 'vitest';
import { comparable, fieldTypes, isBlank } from '../../src/rules/value.js';

describe('isBlank', () => {
  it.each([undefined, null, '', ' ', '\t\n', '\u00a0', '\u2003\u00a0 '])('§7.2 %j is blank', (value) => {
    expect(isBlank(value)).toBe(true);
  });

  it.each([0, Number.NaN, false, 'x', '0', '\u0301', [], {}])('§7.2 %j is not blank', (value) => {
    expect(isBlank(value)).toBe(false);
  });
});

describe('comparable', () => {
  it.each([
    ['text', ' Straße', 'STRASSE'],
    ['text', 7, undefined],
    ['text', true, undefined],
    ['number', 7, 7],
    ['number', '7', undefined],
    ['number', Number.NaN, undefined],
    ['number', Number.POSITIVE_INFINITY, undefined],
    ['boolean', false, false],
    ['boolean', 'false', undefined],
    ['boolean', 0, undefined],
    ['date', '1970-01-01', 0],
    ['date', '1970-02-30', undefined],
    ['date', 0, undefined],
  ] as const)('§7.4 comparable(%s, %j) is %j', (type, value, expected) => {
    expect(comparable(type, value)).toBe(expected);
  });
});

describe('fieldTypes', () => {
  it('fieldTypes distinguishes an empty list of fields from no declaration', () => {
    expect(fieldTypes(undefined)).toBeUndefined();
    expect(fieldTypes([])).toEqual(new Map());
    expect(fieldTypes([{ id: '__proto__', type: 'date' }])).toEqual(new Map([['__proto__', 'date']]));
  });
});
