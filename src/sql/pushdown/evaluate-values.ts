import type { FieldType, Learner, Scalar } from '../../model/learner.js';
import type { Condition } from '../../model/rule.js';
import { evaluate, holdsAt } from '../../rules/evaluate.js';
import { Program } from '../../rules/program.js';
import { slice } from '../../rules/slice.js';
import type { FieldTypes } from '../../rules/value.js';

/** A distinct value of a field: the text that the database compares, and the value in a profile. */
export interface DistinctValue {
  readonly text: string;
  readonly value: Scalar | readonly Scalar[];
}

/** The distinct values of one field, evaluated by the program that evaluates learners. */
export interface EvaluatedValues {
  /** The texts that satisfy each condition, and those that do not; malformed ones are in neither list. */
  readonly of: ReadonlyMap<Condition, { readonly matching: readonly string[]; readonly others: readonly string[] }>;
  /** The texts of values that are not of the field's type: a learner with one is blocked, whatever the rule. */
  readonly malformed: readonly string[];
}

/** Evaluates each condition on a field for the field's distinct values. */
export function evaluateValues(
  field: string,
  conditions: readonly Condition[],
  values: readonly DistinctValue[],
  types: FieldTypes,
): EvaluatedValues {
  const program = new Program(types && new Map([[field, types.get(field)!] as [string, FieldType]]));
  const slots = conditions.map((condition) => program.compile(condition, () => 0));
  const learners = values.map(
    ({ value }, i): Learner => ({ id: String(i), profile: Object.fromEntries([[field, value]]) }),
  );
  const evaluation = evaluate(slice(program, slots, 'none'), learners);
  const { invalid } = evaluation;
  const fit = values.flatMap((value, row) => (invalid.has(row) ? [] : [[value.text, row] as const]));
  return {
    of: new Map(
      conditions.map((condition, i) => {
        const matching: string[] = [];
        const others: string[] = [];
        for (const [text, row] of fit) (holdsAt(evaluation, slots[i]!, row) ? matching : others).push(text);
        return [condition, { matching, others }];
      }),
    ),
    malformed: [...invalid.keys()].map((row) => values[row]!.text),
  };
}
