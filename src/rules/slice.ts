import type { FieldColumn } from './field-column.js';
import type { Program } from './program.js';
import type { Slot, Step } from './step.js';

/** The part of a program that computes some of its slots. */
export interface Slice {
  readonly program: Program;
  /** The fields whose values decide. */
  readonly fields: readonly FieldColumn[];
  /** The other fields, of which only types are checked: all declared fields or, if none are declared, all fields in rules. */
  readonly typeChecked: readonly FieldColumn[];
  /**
   * The steps in order, five numbers each: output, two inputs, and the masks of inputs and output. Every step is encoded as `and`, with
   * inverted inputs (for `or` and `not`) and an inverted output (for `or`), so that the loop has no branches. A step with more inputs is several.
   */
  readonly code: Int32Array;
}

const FLIPS = { and: [0, 0], or: [-1, -1], not: [-1, 0] } as const;

/** Reduces a program to what these slots need. `others` states whether the types of all other fields are checked, or of none. */
export function slice(program: Program, wanted: Iterable<Slot>, others: 'all' | 'none'): Slice {
  const needed = new Set(wanted);
  const backwards = program.steps.toReversed().filter(({ inputs, out }) => {
    if (needed.has(out)) for (const input of inputs) needed.add(input);
    return needed.has(out);
  });
  const fields = [...program.fields.values()];
  const asked = new Set(fields.filter(({ slots }) => [...slots].some((slot) => needed.has(slot))));
  return {
    program,
    fields: [...asked],
    typeChecked: others === 'all' ? fields.filter((column) => !asked.has(column)) : [],
    code: encode(backwards.reverse()),
  };
}

function encode(steps: readonly Step[]): Int32Array {
  const code: number[] = [];
  for (const { op, out, inputs } of steps) {
    const [flipIn, flipOut] = FLIPS[op];
    for (let i = 1; i < Math.max(2, inputs.length); i++) {
      const other = op === 'not' ? inputs[0]! : inputs[i]!;
      code.push(out, i === 1 ? inputs[0]! : out, other, flipIn, flipOut);
    }
  }
  return Int32Array.from(code);
}
