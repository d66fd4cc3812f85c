import type { Learner, Scalar } from '../model/learner.js';
import { hasBit, setBit, wordsFor } from './bits.js';
import type { FieldColumn } from './field-column.js';
import { EVERYONE, type Program, type Slot } from './program.js';
import { inherits, shapeFault, UNREADABLE } from './shape.js';
import type { Slice } from './slice.js';

/** A program's answers for one batch, good until it is evaluated again: `bits` holds a bitmap of `words` words for each slot. */
export interface Evaluation {
  readonly bits: Int32Array;
  readonly words: number;
  /** Rows that are malformed, and why; their bits mean nothing. */
  readonly invalid: ReadonlyMap<number, string>;
}

/** Evaluates a batch of learners by columns; a row without a learner satisfies nothing that is meant for it. */
export function evaluate({ program, fields, code }: Slice, learners: readonly (Learner | undefined)[]): Evaluation {
  const words = wordsFor(learners.length);
  const bits = program.scratch.clear(program.size * words);
  bits.fill(-1, EVERYONE * words, (EVERYONE + 1) * words);
  const invalid = new Map<number, string>();
  let plain = true;
  for (let row = 0; row < learners.length; row++) {
    const learner = learners[row];
    if (!learner) continue;
    const fault = shapeFault(learner);
    if (fault) invalid.set(row, fault);
    else if (inherits(learner.profile)) plain = false;
  }
  const rows = invalid.size === 0 ? learners : learners.map((learner, row) => (invalid.has(row) ? undefined : learner));
  place(program, rows, bits, words);
  for (const column of fields) fill(column, rows, plain, bits, words, invalid);
  run(code, bits, words);
  return { bits, words, invalid };
}

function place(program: Program, learners: readonly (Learner | undefined)[], bits: Int32Array, words: number): void {
  const { placements } = program;
  if (placements.size === 0) return;
  for (let row = 0; row < learners.length; row++) {
    const segments = learners[row]?.segments;
    if (!segments) continue;
    for (let i = 0; i < segments.length; i++) {
      const slot = placements.get(segments[i]!);
      if (slot !== undefined) setBit(bits, slot * words, row);
    }
  }
}

/** Sets for every row the bits that its values of one field satisfy. */
function fill(
  column: FieldColumn,
  learners: readonly (Learner | undefined)[],
  plain: boolean,
  bits: Int32Array,
  words: number,
  invalid: Map<number, string>,
): void {
  const { id, blankSlot } = column;
  const direct = plain && !(id in Object.prototype);
  for (let row = 0; row < learners.length; row++) {
    const learner = learners[row];
    if (!learner) continue;
    const value = fieldValue(learner, id, direct);
    if (value === UNREADABLE_VALUE) {
      invalid.set(row, UNREADABLE);
      continue;
    }
    const word = row >>> 5;
    const bit = 1 << (row & 31);
    const values = Array.isArray(value) ? (value as readonly Scalar[]) : undefined;
    const count = values ? values.length : 1;
    let blank = true;
    for (let i = 0; i < count; i++) {
      const verdict = column.verdict(values ? values[i] : (value as Scalar));
      const { slots } = verdict;
      for (let s = 0; s < slots.length; s++) {
        const at = slots[s]! * words + word;
        bits[at] = bits[at]! | bit;
      }
      if (!verdict.blank) blank = false;
      if (verdict.misfit !== undefined) invalid.set(row, `Its profile field ${JSON.stringify(id)} ${verdict.misfit}.`);
    }
    if (blank && blankSlot !== undefined) setBit(bits, blankSlot * words, row);
  }
}

const UNREADABLE_VALUE = Symbol('unreadable');

/** A learner's own value of a field; `direct`: no profile has one that is not its own. */
function fieldValue(
  { profile }: Learner,
  id: string,
  direct: boolean,
): Learner['profile'][string] | typeof UNREADABLE_VALUE {
  try {
    return direct || Object.hasOwn(profile, id) ? profile[id] : undefined;
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
