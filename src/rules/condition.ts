import type { FieldType } from '../model/learner.js';
import type { BlankCondition, Condition, Operator } from '../model/rule.js';
import { type Comparable, comparable, type FieldTypes } from './value.js';

/** A condition other than `blank`. */
export type ValueCondition = Exclude<Condition, BlankCondition>;

/** The operators of each type (semantics §7.4); all have `blank`. */
export const OPERATORS: { readonly [Type in FieldType]: readonly Operator[] } = {
  text: ['equals', 'contains', 'startsWith', 'endsWith', 'in', 'blank'],
  number: ['equals', 'in', 'lt', 'lte', 'gt', 'gte', 'blank'],
  date: ['equals', 'in', 'lt', 'lte', 'gt', 'gte', 'blank'],
  boolean: ['equals', 'blank'],
};

/** Returns the type that a condition compares in: that of the field if fields are declared, otherwise that of its value. */
export function typeOf(condition: ValueCondition, types: FieldTypes): FieldType | undefined {
  if (types) return types.get(condition.field);
  switch (condition.op) {
    case 'contains':
    case 'startsWith':
    case 'endsWith':
      return 'text';
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return typeof condition.value === 'number' ? 'number' : 'date';
    case 'equals':
      return ofScalar(condition.value);
    case 'in':
      return ofScalar(condition.value[0]);
    default:
      return condition satisfies never;
  }
}

function ofScalar(value: string | number | boolean | undefined): FieldType {
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'text';
}

/** One test on one comparable value of its type. */
export interface Test {
  readonly type: FieldType;
  readonly op: Exclude<Operator, 'blank'>;
  /** What to compare with; several only for `in`. */
  readonly operands: readonly Comparable[];
}

/** Turns a checked condition into a test of comparable values. */
export function testOf(condition: ValueCondition, types: FieldTypes): Test {
  const type = typeOf(condition, types)!;
  const values: readonly (string | number | boolean)[] = condition.op === 'in' ? condition.value : [condition.value];
  return { type, op: condition.op, operands: values.map((value) => comparable(type, value)!) };
}

/** Returns whether one comparable value of the test's type satisfies the test. */
export function satisfies(test: Test, value: Comparable): boolean {
  const operand = test.operands[0]!;
  switch (test.op) {
    case 'equals':
      return value === operand;
    case 'in':
      return test.operands.includes(value);
    case 'contains':
      return (value as string).includes(operand as string);
    case 'startsWith':
      return (value as string).startsWith(operand as string);
    case 'endsWith':
      return (value as string).endsWith(operand as string);
    case 'lt':
      return value < operand;
    case 'lte':
      return value <= operand;
    case 'gt':
      return value > operand;
    case 'gte':
      return value >= operand;
    default:
      return test.op satisfies never;
  }
}
