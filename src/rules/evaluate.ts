import type { SegmentId } from '../model/ids.js';
import type { Learner, Scalar } from '../model/learner.js';
import { hasBit, lowestBit, setBit, wordsFor } from './bits.js';
import type { FieldColumn } from './field-column.js';
import { inherits, shapeFault, UNREADABLE } from './learner-shape.js';
import type { Program } from './program.js';
import type { Slice } from './slice.js';
import { EVERYONE, type Slot } from './step.js';

/** The results of a program for one batch, valid until its next evaluation: `bits` holds a bitmap of `words` words for each slot. */
export interface Evaluation {
  readonly bits: Int32Array;
  readonly words: number;
  /** Malformed rows with the reason; their bits mean nothing. */
  readonly invalid: ReadonlyMap<number, string>;
}

/** Evaluates a batch of learners by columns. The bits of rows without a learner mean nothing. */
export function evaluate(
  { program, fields, typeChecked, code }: Slice,
  learners: readonly (Learner | undefined)[],
): Evaluation {
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
    else {
      if (inherits(learner.profile)) plain = false;
      if (learner.segments !== undefined) place(learner.segments, row, program, bits, words);
    }
  }
  const rows = invalid.size === 0 ? learners : learners.map((learner, row) => (invalid.has(row) ? undefined : learner));
  for (const column of fields) fill(column, rows, plain, bits, words, invalid);
  for (const column of typeChecked) checkTypes(column, rows, plain, invalid);
  run(code, bits, words);
  return { bits, words, invalid };
}

function place(
  segments: readonly SegmentId[],
  row: number,
  { placements }: Program,
  bits: Int32Array,
  words: number,
): void {
  for (let i = 0; i < segments.length; i++) {
    const slot = placements.get(segments[i]!);
    if (slot !== undefined) setBit(bits, slot * words, row);
  }
}

/** Sets for every row the bits of the slots that its values of one field satisfy. */
function fill(
  column: FieldColumn,
  learners: readonly (Learner | undefined)[],
  plain: boolean,
  bits: Int32Array,
  words: number,
  invalid: Map<number, string>,
): void {
  const { id, blankSlot } = column;
  const direct = isDirect(column, plain);
  for (let row = 0; row < learners.length; row++) {
    const learner = learners[row];
    if (!learner) continue;
    const value = fieldValue(learner, id, direct);
    if (value === UNREADABLE_VALUE || value === TOO_LONG) {
      invalid.set(row, faultOfMark(column, value));
      continue;
    }
    const word = row >>> 5;
    const bit = 1 << (row & 31);
    const values = typeof value === 'object' && Array.isArray(value) ? (value as readonly Scalar[]) : undefined;
    const count = values ? values.length : 1;
    let blank = true;
    for (let i = 0; i < count; i++) {
      const result = column.resultOf(values ? values[i] : (value as Scalar));
      const { slots } = result;
      for (let s = 0; s < slots.length; s++) {
        const at = slots[s]! * words + word;
        bits[at] = bits[at]! | bit;
      }
      blank &&= result.blank;
      if (result.misfit !== undefined) invalid.set(row, faultOf(column, result.misfit));
    }
    if (blank && blankSlot !== undefined) setBit(bits, blankSlot * words, row);
  }
}

/** Finds the rows that have a value of the wrong type in one field. */
function checkTypes(
  column: FieldColumn,
  learners: readonly (Learner | undefined)[],
  plain: boolean,
  invalid: Map<number, string>,
): void {
  const direct = isDirect(column, plain);
  for (let row = 0; row < learners.length; row++) {
    const learner = learners[row];
    if (!learner) continue;
    const value = fieldValue(learner, column.id, direct);
    if (value === UNREADABLE_VALUE || value === TOO_LONG) invalid.set(row, faultOfMark(column, value));
    else {
      const values = Array.isArray(value) ? (value as readonly Scalar[]) : undefined;
      const count = values ? values.length : 1;
      for (let i = 0; i < count; i++) {
        const misfit = column.misfit(values ? values[i] : (value as Scalar));
        if (misfit !== undefined) invalid.set(row, faultOf(column, misfit));
      }
    }
  }
}

function faultOf({ id }: FieldColumn, misfit: string): string {
  return `Profile field ${JSON.stringify(id)} ${misfit}.`;
}

function faultOfMark(column: FieldColumn, mark: typeof UNREADABLE_VALUE | typeof TOO_LONG): string {
  if (mark === UNREADABLE_VALUE) return UNREADABLE;
  return faultOf(column, `has more than ${MOST_VALUES.toLocaleString('en-GB')} values`);
}

/** Returns whether no profile of a batch can inherit a value of the field. */
function isDirect({ id }: FieldColumn, plain: boolean): boolean {
  return plain && !(id in Object.prototype);
}

const UNREADABLE_VALUE = Symbol('unreadable');
/** The maximum number of values of one field: a sparse list can have a length of four billion. */
const MOST_VALUES = 100_000;

const TOO_LONG = Symbol('too long');

/** Returns a learner's own value of a field, a list as a copy; or a symbol with the reason why it cannot be evaluated. */
function fieldValue(
  { profile }: Learner,
  id: string,
  direct: boolean,
): Learner['profile'][string] | typeof UNREADABLE_VALUE | typeof TOO_LONG {
  try {
    const value = direct || Object.hasOwn(profile, id) ? profile[id] : undefined;
    if (typeof value !== 'object' || !Array.isArray(value)) return value;
    return value.length > MOST_VALUES ? TOO_LONG : value.slice();
  } catch {
    return UNREADABLE_VALUE;
  }
}

/** Runs every step over the words of all rows. */
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

/** Returns the rows, in order, that satisfy the rule in one of these slots, or may satisfy it because they are malformed. */
export function mayHoldAt({ bits, words, invalid }: Evaluation, slots: readonly Slot[], rows: number): number[] {
  const may = new Int32Array(words);
  for (const slot of slots) for (let w = 0; w < words; w++) may[w] = may[w]! | bits[slot * words + w]!;
  for (const row of invalid.keys()) setBit(may, 0, row);
  const found: number[] = [];
  for (let w = 0; w < words; w++) {
    for (let rest = may[w]!; rest !== 0; rest &= rest - 1) {
      const row = (w << 5) + lowestBit(rest);
      // Slots that hold for everyone have bits set after the last row.
      if (row < rows) found.push(row);
    }
  }
  return found;
}

/** Returns whether a row satisfies the rule in a slot. */
export function holdsAt(evaluation: Evaluation, slot: Slot, row: number): boolean {
  return hasBit(evaluation.bits, slot * evaluation.words, row);
}
