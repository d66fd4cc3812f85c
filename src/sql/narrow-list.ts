import type { FieldType, Learner, Scalar } from '../model/learner.js';
import type { Condition } from '../model/rule.js';
import { evaluate, holdsAt } from '../rules/evaluate.js';
import { Program } from '../rules/program.js';
import { slice } from '../rules/slice.js';
import type { FieldTypes } from '../rules/value.js';

/** A distinct value of a field: the text that the database compares, and the value as a profile has it. */
export interface DistinctValue {
  readonly text: string;
  readonly value: Scalar | readonly Scalar[];
}

/** The distinct values of one field, judged by the program that judges learners. */
export interface Judged {
  /** The texts that satisfy a condition, and those that do not; malformed ones are in neither. */
  readonly of: ReadonlyMap<Condition, { readonly matching: readonly string[]; readonly others: readonly string[] }>;
  /** The texts of values that are not of the field's type: who has one is blocked, whatever the rule. */
  readonly malformed: readonly string[];
}

/** Judges the distinct values of a field by each of its conditions. */
export function judged(
  field: string,
  conditions: readonly Condition[],
  values: readonly DistinctValue[],
  types: FieldTypes,
): Judged {
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
