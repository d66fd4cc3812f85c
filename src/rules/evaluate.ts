import { describe } from '../model/describe.js';
import type { Learner, Scalar } from '../model/learner.js';
import { hasBit, setBit, wordsFor } from './bits.js';
import type { FieldColumn } from './field-column.js';
import { EVERYONE, type Program, type Slot, type Step } from './program.js';

/** The part of a program that some of its slots need. */
export interface Slice {
  readonly program: Program;
  /** The fields whose values are looked at. */
  readonly fields: readonly FieldColumn[];
  /**
   * Its steps in order, five numbers each: output, two inputs, and what to flip. Every step is written as `and`, with its inputs
   * (for `or` and `not`) and its output (for `or`) flipped, so that the loop has nothing to choose. A step of more inputs is several.
   */
  readonly code: Int32Array;
}

const FLIPS = { and: [0, 0], or: [-1, -1], not: [-1, 0] } as const;

/** A program's answers for one batch, good until it is evaluated again: `bits` holds a bitmap of `words` words for each slot. */
export interface Evaluation {
  readonly bits: Int32Array;
  readonly words: number;
  /** Rows that are malformed, and why; their bits mean nothing. */
  readonly invalid: ReadonlyMap<number, string>;
}

/** All of a program: every rule is answered, and every declared field judged. */
export function whole(program: Program): Slice {
  return { program, fields: [...program.fields.values()], code: encode(program.steps) };
}

/** Cuts a program down to what these slots need. Of the fields that no rule among them asks for it judges all, or `none`. */
export function slice(program: Program, wanted: Iterable<Slot>, others: 'all' | 'none'): Slice {
  const needed = new Set(wanted);
  const backwards = program.steps.toReversed().filter(({ inputs, out }) => {
    if (needed.has(out)) for (const input of inputs) needed.add(input);
    return needed.has(out);
  });
  const fields = [...program.fields.values()];
  return {
    program,
    fields: others === 'all' ? fields : fields.filter(({ slots }) => [...slots].some((slot) => needed.has(slot))),
    code: encode(backwards.reverse()),
  };
}

function encode(steps: readonly Step[]): Int32Array {
  const code = steps.flatMap(({ op, out, inputs }) => {
    const [first, ...others] = op === 'not' ? [inputs[0]!, inputs[0]!] : inputs;
    return others.flatMap((input, i) => [out, i === 0 ? first! : out, input, ...FLIPS[op]]);
  });
  return Int32Array.from(code);
}

/** Evaluates a batch of learners by columns; a row without a learner satisfies nothing that is meant for it. */
export function evaluate({ program, fields, code }: Slice, learners: readonly (Learner | undefined)[]): Evaluation {
  const words = wordsFor(learners.length);
  const bits = program.scratch.take(program.size * words);
  bits.fill(-1, EVERYONE * words, (EVERYONE + 1) * words);
  const invalid = new Map<number, string>();
  learners.forEach((learner, row) => {
    const fault = learner && shapeFault(learner);
    if (fault) invalid.set(row, fault);
  });
  const rows = invalid.size === 0 ? learners : learners.map((learner, row) => (invalid.has(row) ? undefined : learner));
  place(program, rows, bits, words);
  for (const column of fields) fill(column, rows, bits, words, invalid);
  run(code, bits, words);
  return { bits, words, invalid };
}

/** A row with a getter that throws, as of an entity that is not loaded. */
const UNREADABLE = 'Its row throws an error when it is read.';

/** Says what is wrong with a learner's row as a whole. */
function shapeFault(learner: Learner): string | undefined {
  try {
    return shapeFaultOf(learner);
  } catch {
    return UNREADABLE;
  }
}

function shapeFaultOf({ profile, segments, active }: Learner): string | undefined {
  if (typeof profile !== 'object' || profile === null || Array.isArray(profile))
    return `Its profile is ${describe(profile)}.`;
  if (active !== undefined && typeof active !== 'boolean') return `Its "active" is ${describe(active)}, not a boolean.`;
  if (segments === undefined) return undefined;
  if (!Array.isArray(segments)) return `Its segments are ${describe(segments)}, not a list.`;
  const misfit = segments.find((id) => typeof id !== 'string');
  return misfit === undefined ? undefined : `One of its segments is ${describe(misfit)}, not an id.`;
}

function place(program: Program, learners: readonly (Learner | undefined)[], bits: Int32Array, words: number): void {
  if (program.placements.size === 0) return;
  learners.forEach((learner, row) => {
    for (const id of learner?.segments ?? []) {
      const slot = program.placements.get(id);
      if (slot !== undefined) setBit(bits, slot * words, row);
    }
  });
}

function fill(
  column: FieldColumn,
  learners: readonly (Learner | undefined)[],
  bits: Int32Array,
  words: number,
  invalid: Map<number, string>,
): void {
  const { id, blankSlot } = column;
  for (let row = 0; row < learners.length; row++) {
    const learner = learners[row];
    if (!learner) continue;
    const value = fieldValue(learner, id);
    if (value === UNREADABLE_VALUE) {
      invalid.set(row, UNREADABLE);
      continue;
    }
    const values = Array.isArray(value) ? (value as readonly Scalar[]) : undefined;
    const count = values ? values.length : 1;
    let blank = true;
    for (let i = 0; i < count; i++) {
      const verdict = column.verdict(values ? values[i] : (value as Scalar));
      for (const slot of verdict.slots) setBit(bits, slot * words, row);
      if (!verdict.blank) blank = false;
      if (verdict.misfit !== undefined) invalid.set(row, `Its profile field ${JSON.stringify(id)} ${verdict.misfit}.`);
    }
    if (blank && blankSlot !== undefined) setBit(bits, blankSlot * words, row);
  }
}

const UNREADABLE_VALUE = Symbol('unreadable');

function fieldValue({ profile }: Learner, id: string): Learner['profile'][string] | typeof UNREADABLE_VALUE {
  try {
    return Object.hasOwn(profile, id) ? profile[id] : undefined;
  } catch {
    return UNREADABLE_VALUE;
  }
}

/** Runs the steps, each over the words of all rows. */
function run(code: Int32Array, bits: Int32Array, words: number): void {
  for (let at = 0; at < code.length; at += 5) {
    const out = code[at]! * words;
    const a = code[at + 1]! * words;
    const b = code[at + 2]! * words;
    const flipIn = code[at + 3]!;
    const flipOut = code[at + 4]!;
    for (let w = 0; w < words; w++) bits[out + w] = ((bits[a + w]! ^ flipIn) & (bits[b + w]! ^ flipIn)) ^ flipOut;
  }
}

/** Whether a row satisfies the rule in a slot. */
export function holdsAt(evaluation: Evaluation, slot: Slot, row: number): boolean {
  return hasBit(evaluation.bits, slot * evaluation.words, row);
}
