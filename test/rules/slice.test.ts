import { expect, it } from 'vitest';
import type { FieldType, Learner } from '../../src/model/learner.js';
import { all, field, not } from '../../src/rules/build.js';
import { evaluate, mayHoldAt } from '../../src/rules/evaluate.js';
import { Program } from '../../src/rules/program.js';
import { slice } from '../../src/rules/slice.js';
import { EVERYONE, NO_LEARNER } from '../../src/rules/step.js';

const types = new Map<string, FieldType>([
  ['a', 'text'],
  ['b', 'text'],
  ['c', 'number'],
]);
const a = field('a').equals('x');
const b = field('b').equals('x');

const ids = (columns: readonly { readonly id: string }[]): string[] => columns.map(({ id }) => id);

it('a slice has the fields that decide, and checks the types of all others or of none', () => {
  const program = new Program(types);
  const both = program.compile(all(a, b), () => NO_LEARNER);
  const [first] = [a, b].map((rule) => program.compile(rule, () => NO_LEARNER));
  const fieldsOf = (slots: number[], others: 'all' | 'none') => {
    const { fields, typeChecked } = slice(program, slots, others);
    return [ids(fields), ids(typeChecked)];
  };
  expect(fieldsOf([both], 'all')).toEqual([['a', 'b'], ['c']]);
  expect(fieldsOf([first!], 'all')).toEqual([['a'], ['b', 'c']]);
  expect(fieldsOf([first!], 'none')).toEqual([['a'], []]);
  expect(fieldsOf([], 'all')).toEqual([[], ['a', 'b', 'c']]);
});

it('a slice encodes every step as "and" of two inputs, with inputs and output inverted for other steps', () => {
  const program = new Program(undefined);
  const [x, y, z] = ['x', 'y', 'z'].map((id) => program.placed(id));
  const and = program.and([x!, y!, z!]);
  const or = program.or([and, x!]);
  const none = program.not(or);
  expect([...slice(program, [none], 'none').code]).toEqual([
    ...[and, x, y, 0, 0],
    ...[and, and, z, 0, 0],
    ...[or, x, and, -1, -1],
    ...[none, or, or, -1, 0],
  ]);
  expect([...slice(program, [and], 'none').code]).toHaveLength(10);
});

it('mayHoldAt returns learners who satisfy one of the slots, and malformed learners', () => {
  const program = new Program(types);
  const slots = [all(a, b), not(a)].map((rule) => program.compile(rule, () => NO_LEARNER));
  const person = (profile: Learner['profile']): Learner => ({ id: 'p', profile });
  const people = Array.from({ length: 70 }, (_, i) => person(i % 7 === 0 ? { a: 'x', b: 'x' } : { a: 'x' }));
  people[30] = person({});
  people[31] = person({ a: 1 });
  people[69] = person({ b: ['x', 2] });
  people[68] = person({ a: 'x', c: 'x' });
  const may = (some: number[]) => mayHoldAt(evaluate(slice(program, some, 'none'), people), some, people.length);
  const sevens = [0, 7, 14, 21, 28, 35, 42, 49, 56, 63];
  expect(may(slots)).toEqual([...sevens, 30, 31, 69].sort((a, b) => a - b));
  expect(may([slots[0]!])).toEqual([...sevens, 31, 69].sort((a, b) => a - b));
  expect(may([slots[1]!])).toEqual([30, 31, 69]);
  expect(may([EVERYONE])).toEqual([...people.keys()]);
  expect(may([])).toEqual([]);
});
