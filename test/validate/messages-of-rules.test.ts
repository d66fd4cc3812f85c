import { expect, it } from 'vitest';
import { parseRule } from '../../src/validate/parse.js';
import { issuesOf } from './issues-of.js';

/** 51 deep. */
let DEEP: unknown = { everyone: true };
for (let i = 0; i < 50; i++) DEEP = { not: DEEP };

const cases: readonly [parser: (value: unknown) => unknown, value: unknown, expected: readonly string[]][] = [
  [parseRule, 7, ['wrong_type : expected a rule, not 7']],
  [parseRule, {}, ['wrong_type : expected a rule: an object with one of all, any, not, everyone, segment, field']],
  [parseRule, { all: [], any: [], not: 1 }, ['wrong_type : a rule can have only one of the keys all, any, not']],
  [
    parseRule,
    { everyone: false, note: 1 },
    ['unknown_key note: unknown key in a rule with "everyone"', 'wrong_type everyone: expected true'],
  ],
  [parseRule, { all: 'x' }, ['wrong_type all: expected a list of rules, not text']],
  [
    parseRule,
    { any: [[], { segment: 1 }] },
    ['wrong_type any.0: expected a rule, not a list', 'wrong_type any.1.segment: expected an id (text), not 1'],
  ],
  [
    parseRule,
    { field: 1, op: 'is' },
    [
      'wrong_type field: expected an id (text), not 1',
      'wrong_type op: expected an operator: one of equals, contains, startsWith, endsWith, in, lt, lte, gt, gte, blank',
    ],
  ],
  [
    parseRule,
    { field: 'a', op: 'equals', value: null, more: 1 },
    [
      'unknown_key more: unknown key in a rule with "field"',
      'wrong_type value: expected text or a finite number or a boolean, not null',
    ],
  ],
  [parseRule, { field: 'a', op: 'contains', value: 1 }, ['wrong_type value: expected text, not 1']],
  [parseRule, { field: 'a', op: 'startsWith', value: true }, ['wrong_type value: expected text, not a boolean']],
  [parseRule, { field: 'a', op: 'endsWith', value: undefined }, ['wrong_type value: expected text, not nothing']],
  [
    parseRule,
    { field: 'a', op: 'lt', value: true },
    ['wrong_type value: expected a finite number or text, not a boolean'],
  ],
  [
    parseRule,
    { field: 'a', op: 'lte', value: Number.NaN },
    ['wrong_type value: expected a finite number or text, not a number that is not finite'],
  ],
  [parseRule, { field: 'a', op: 'gt', value: [] }, ['wrong_type value: expected a finite number or text, not a list']],
  [
    parseRule,
    { field: 'a', op: 'gte', value: {} },
    ['wrong_type value: expected a finite number or text, not an object'],
  ],
  [parseRule, { field: 'a', op: 'blank', value: 1 }, ['unknown_key value: the operator "blank" takes no value']],
  [
    parseRule,
    { field: 'a', op: 'in', value: 'x' },
    ['wrong_type value: expected a list, all text or all numbers, not text'],
  ],
  [parseRule, { field: 'a', op: 'in', value: ['x', 1] }, ['wrong_type value.1: expected text, not 1']],
  [parseRule, { field: 'a', op: 'in', value: [1, 'x'] }, ['wrong_type value.1: expected a finite number, not text']],
  [
    parseRule,
    { field: 'a', op: 'in', value: [true] },
    ['wrong_type value.0: expected text or a finite number, not a boolean'],
  ],
  [
    parseRule,
    { field: 'a', op: 'equals', value: 'x'.repeat(10_001) },
    ['too_long value: at most 10,000 characters are allowed, not 10,001'],
  ],
  [
    parseRule,
    DEEP,
    [
      'too_deep not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not.not: rules can be nested at most 50 levels deep; does this rule refer to itself?',
    ],
  ],
  [
    parseRule,
    { all: new Array(10_001).fill({ everyone: true }) },
    ['too_wide : a rule has at most 10,000 conditions, each value of "in" counting as one'],
  ],
];

it.each(cases)('issues of a rule have their full message and path: %#', (parser, value, expected) => {
  const lines = issuesOf(() => parser(value)).map(({ code, path, message }) => `${code} ${path.join('.')}: ${message}`);
  expect(lines).toEqual(expected);
});
