import { FROZEN, type Matcher } from '../catalog/matcher.js';
import type { Blocked } from '../model/diff.js';
import type { CourseId } from '../model/ids.js';
import type { Assignment, Learner, LearnerState } from '../model/learner.js';
import { hasBit, setBit } from '../rules/bits.js';
import { type Evaluation, evaluate, type Slice } from '../rules/evaluate.js';
import { GoneLinks } from './gone-links.js';

/** Index of a column: a link of the matcher or, beyond those, an assignment of a link that is gone. */
export type Column = number;

/**
 * Wanted against held for one batch of learners, as bitmaps: a column for each link and one for each assignment whose link is gone,
 * a row for each learner. What is wanted and not held, or held and not wanted, is what changes.
 */
export class Batch {
  readonly gone: GoneLinks;
  readonly #evaluation: Evaluation;
  readonly #words: number;
  #held: Int32Array;
  /** Rows to which rules apply: a learner is known, and not outside every audience. */
  readonly #present: Int32Array;
  /** Rows that keep what they have. */
  readonly #frozen: Int32Array;
  /** Of those the inactive ones: frozen although their facts are known. */
  readonly #inactive: Int32Array;

  constructor(
    readonly matcher: Matcher,
    readonly states: readonly LearnerState[],
    readonly courses: ReadonlySet<CourseId> | undefined,
    slice: Slice,
  ) {
    this.#evaluation = evaluate(
      slice,
      states.map(({ learner }) => learner),
    );
    this.#words = this.#evaluation.words;
    this.gone = new GoneLinks(matcher.links.length);
    this.#held = matcher.scratch.take(matcher.links.length * this.#words);
    this.#present = new Int32Array(this.#words);
    this.#frozen = new Int32Array(this.#words);
    this.#inactive = new Int32Array(this.#words);
    for (let row = 0; row < states.length; row++) {
      this.#classify(states[row]!.learner, row);
      this.#hold(states[row]!.assignments, row);
    }
  }

  #classify(learner: Learner | undefined, row: number): void {
    if (!learner) return;
    if (this.#evaluation.invalid.has(row)) setBit(this.#frozen, 0, row);
    else if (learner.active !== false) setBit(this.#present, 0, row);
    else if (this.matcher.inactive === 'freeze') {
      setBit(this.#present, 0, row);
      setBit(this.#frozen, 0, row);
      setBit(this.#inactive, 0, row);
    }
  }

  #hold(assignments: readonly Assignment[], row: number): void {
    const { courseAt, linkIndex } = this.matcher;
    for (let i = 0; i < assignments.length; i++) {
      const { courseId, linkId } = assignments[i]!;
      if (this.courses && !this.courses.has(courseId)) continue;
      const link = linkIndex.get(linkId);
      if (link !== undefined && courseAt[link]!.courseId === courseId) setBit(this.#held, link * this.#words, row);
      else {
        const column = this.gone.column(assignments[i]!);
        this.#makeRoom((column + 1) * this.#words);
        setBit(this.#held, column * this.#words, row);
      }
    }
  }

  #makeRoom(length: number): void {
    if (length <= this.#held.length) return;
    const larger = new Int32Array(length * 2);
    larger.set(this.#held);
    this.#held = larger;
  }

  /** By row the columns that change: links in order of course and id, then links that are gone. */
  changes(): readonly (Column[] | undefined)[] {
    const words = this.#words;
    const { bits } = this.#evaluation;
    const { audiences } = this.matcher;
    const present = this.#present;
    const held = this.#held;
    const changed: (Column[] | undefined)[] = new Array(this.states.length);
    const note = (column: Column, word: number, differing: number) => {
      for (let rest = differing; rest !== 0; rest &= rest - 1) {
        const row = (word << 5) + 31 - Math.clz32(rest & -rest);
        const columns = changed[row];
        if (columns) columns.push(column);
        else changed[row] = [column];
      }
    };
    for (const { from, to } of this.#ranges()) {
      for (let column = from; column < to; column++) {
        const slot = audiences[column]!;
        if (slot === FROZEN) continue;
        for (let w = 0; w < words; w++) {
          const differing = (bits[slot * words + w]! & present[w]!) ^ held[column * words + w]!;
          if (differing !== 0) note(column, w, differing);
        }
      }
    }
    for (let column = this.gone.from; column < this.gone.to; column++) {
      for (let w = 0; w < words; w++) note(column, w, held[column * words + w]!);
    }
    return changed;
  }

  /** Where the columns in scope stand, in order. */
  #ranges(): readonly { readonly from: Column; readonly to: Column }[] {
    if (!this.courses) return [{ from: 0, to: this.matcher.links.length }];
    return [...this.courses]
      .flatMap((courseId) => this.matcher.courses.get(courseId) ?? [])
      .sort((a, b) => a.from - b.from);
  }

  /** Whether the row keeps what it has, whatever changes. */
  isFrozen(row: number): boolean {
    return hasBit(this.#frozen, 0, row);
  }

  /** Whether the learner of the row held the column's assignment. */
  isHeld(column: Column, row: number): boolean {
    return hasBit(this.#held, column * this.#words, row);
  }

  /** Whether the learner of the row holds the column's assignment once settled. */
  isWanted(column: Column, row: number): boolean {
    if (this.isGone(column)) return false;
    const slot = this.matcher.audiences[column]!;
    if (slot === FROZEN) return this.isHeld(column, row);
    return hasBit(this.#evaluation.bits, slot * this.#words, row) && hasBit(this.#present, 0, row);
  }

  /** Whether the column is of a link that is gone. */
  isGone(column: Column): boolean {
    return column >= this.gone.from;
  }

  /** The assignment of a column. */
  assignment(column: Column): Assignment {
    return this.isGone(column) ? this.gone.assignment(column) : this.matcher.links[column]!.assignment;
  }

  /** Why a row keeps what it has, where that is to be told: always of an invalid learner, of an inactive one when something was withheld. */
  blocked(row: number, withheld: boolean): Blocked | undefined {
    const { learnerId: id } = this.states[row]!;
    const reason = this.#evaluation.invalid.get(row);
    if (reason !== undefined) return { kind: 'invalid-learner', id, reason };
    if (!withheld || !hasBit(this.#inactive, 0, row)) return undefined;
    return { kind: 'inactive-learner', id, reason: 'The learner is inactive, so what would change was withheld.' };
  }
}
