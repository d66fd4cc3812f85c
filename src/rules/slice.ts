import type { FieldColumn } from './field-column.js';
import type { Program, Slot, Step } from './program.js';

/** The part of a program that some of its slots need. */
export interface Slice {
  readonly program: Program;
  /** The fields whose values decide. */
  readonly fields: readonly FieldColumn[];
  /** The fields whose values only have to be of their type: those declared or, where none are, named by any rule. */
  readonly judged: readonly FieldColumn[];
  /**
   * Its steps in order, five numbers each: output, two inputs, and what to flip. Every step is written as `and`, with its inputs
   * (for `or` and `not`) and its output (for `or`) flipped, so that the loop has nothing to choose. A step of more inputs is several.
   */
  readonly code: Int32Array;
}

const FLIPS = { and: [0, 0], or: [-1, -1], not: [-1, 0] } as const;

/** Cuts a program down to what these slots need. Of the fields that they do not need it judges all, or `none`. */
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
    judged: others === 'all' ? fields.filter((column) => !asked.has(column)) : [],
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
