import type { Learner, Scalar } from '../model/learner.js';
import { hasBit, setBit, wordsFor } from './bits.js';
import type { FieldColumn } from './field-column.js';
import { EVERYONE, type Program, type Slot, type Step } from './program.js';
import { describeType } from './value.js';

/** The part of a program that some of its slots need. */
export interface Slice {
  readonly program: Program;
  /** Fields whose values are tested; of the others only the types are looked at. */
  readonly asked: readonly FieldColumn[];
  readonly declaredOnly: readonly FieldColumn[];
  readonly steps: readonly Step[];
}

/** A program's answers for one batch: `bits` holds a bitmap of `words` words for each slot. */
export interface Evaluation {
  readonly bits: Int32Array;
  readonly words: number;
  /** Rows that are malformed, and why; their bits mean nothing. */
  readonly invalid: ReadonlyMap<number, string>;
}

/** Cuts a program down to what these slots need; all of it without them. */
export function slice(program: Program, wanted?: Iterable<Slot>): Slice {
  const columns = [...program.fields.values()];
  const declaredOnly = columns.filter((column) => column.idle);
  const asked = columns.filter((column) => !column.idle);
  if (!wanted) return { program, asked, declaredOnly, steps: program.steps };
  const needed = new Set(wanted);
  const steps: Step[] = [];
  for (let i = program.steps.length - 1; i >= 0; i--) {
    const step = program.steps[i]!;
    if (!needed.has(step.out)) continue;
    steps.push(step);
    for (const input of step.inputs) needed.add(input);
  }
  return { program, asked, declaredOnly, steps: steps.reverse() };
}

/** Evaluates a batch of learners by columns; a row without a learner satisfies nothing that is meant for it. */
export function evaluate(slice: Slice, learners: readonly (Learner | undefined)[]): Evaluation {
  const words = wordsFor(learners.length);
  const bits = new Int32Array(slice.program.size * words);
  bits.fill(-1, EVERYONE * words, (EVERYONE + 1) * words);
  const invalid = new Map<number, string>();
  learners.forEach((learner, row) => {
    const fault = learner && shapeFault(learner);
    if (fault) invalid.set(row, fault);
  });
  const rows = learners.map((learner, row) => (invalid.has(row) ? undefined : learner));
  place(slice.program, rows, bits, words);
  for (const column of slice.asked) fill(column, rows, bits, words, invalid);
  for (const column of slice.declaredOnly) fill(column, rows, bits, words, invalid);
  for (const step of slice.steps) run(step, bits, words);
  return { bits, words, invalid };
}

/** Says what is wrong with a learner's row as a whole. */
function shapeFault(learner: Learner): string | undefined {
  const { profile, segments, active } = learner;
  if (typeof profile !== 'object' || profile === null || Array.isArray(profile))
    return `Its profile is ${describeType(profile)}.`;
  if (active !== undefined && typeof active !== 'boolean')
    return `Its "active" is ${describeType(active)}, not a boolean.`;
  if (segments === undefined) return undefined;
  if (!Array.isArray(segments)) return `Its segments are ${describeType(segments)}, not a list.`;
  const misfit = segments.find((id) => typeof id !== 'string');
  return misfit === undefined ? undefined : `One of its segments is ${describeType(misfit)}, not an id.`;
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
  const judge = (value: Scalar, row: number): boolean => {
    const verdict = column.verdict(value);
    for (const slot of verdict.slots) setBit(bits, slot * words, row);
    if (verdict.misfit) invalid.set(row, `Its profile field ${JSON.stringify(id)} ${verdict.misfit}.`);
    return verdict.blank;
  };
  for (let row = 0; row < learners.length; row++) {
    const learner = learners[row];
    if (!learner) continue;
    const value = Object.hasOwn(learner.profile, id) ? learner.profile[id] : undefined;
    let blank = true;
    if (Array.isArray(value)) for (const element of value as readonly Scalar[]) blank = judge(element, row) && blank;
    else blank = judge(value as Scalar, row);
    if (blank && blankSlot !== undefined) setBit(bits, blankSlot * words, row);
  }
}

function run(step: Step, bits: Int32Array, words: number): void {
  const out = step.out * words;
  const first = step.inputs[0]! * words;
  if (step.op === 'not') {
    for (let w = 0; w < words; w++) bits[out + w] = ~bits[first + w]!;
    return;
  }
  bits.copyWithin(out, first, first + words);
  for (let i = 1; i < step.inputs.length; i++) {
    const input = step.inputs[i]! * words;
    if (step.op === 'and') for (let w = 0; w < words; w++) bits[out + w] = bits[out + w]! & bits[input + w]!;
    else for (let w = 0; w < words; w++) bits[out + w] = bits[out + w]! | bits[input + w]!;
  }
}

/** Whether a row satisfies the rule in a slot. */
export function holdsAt(evaluation: Evaluation, slot: Slot, row: number): boolean {
  return hasBit(evaluation.bits, slot * evaluation.words, row);
}
