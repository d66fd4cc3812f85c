import type { Matcher } from '../catalog/matcher.js';
import type { Blocked } from '../model/diff.js';
import type { CourseId } from '../model/ids.js';
import type { Assignment, Learner, LearnerState } from '../model/learner.js';
import { eachBit, hasBit, setBit } from '../rules/bits.js';
import { type Evaluation, evaluate, type Slice } from '../rules/evaluate.js';

/** Index of a column: a link of the matcher or, beyond those, an assignment of a link that is gone. */
export type Column = number;

/**
 * Wanted against held for one batch of learners, as bitmaps: a column for each link and one for each assignment whose link is gone,
 * a row for each learner. What is wanted and not held, or held and not wanted, is what changes.
 */
export class Batch {
  readonly #evaluation: Evaluation;
  readonly #words: number;
  #held: Int32Array;
  readonly #gone: Assignment[] = [];
  readonly #goneIndex = new Map<string, Map<string, Column>>();
  readonly #columnsOf = new Map<CourseId, Column[]>();
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
    this.#held = new Int32Array((matcher.links.length + 8) * this.#words);
    this.#present = new Int32Array(this.#words);
    this.#frozen = new Int32Array(this.#words);
    this.#inactive = new Int32Array(this.#words);
    states.forEach(({ learner, assignments }, row) => {
      this.#classify(learner, row);
      for (const assignment of assignments) {
        if (courses && !courses.has(assignment.courseId)) continue;
        setBit(this.#held, this.#columnOf(assignment) * this.#words, row);
      }
    });
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

  #columnOf(assignment: Assignment): Column {
    const { matcher } = this;
    const known = matcher.linkIndex.get(assignment.linkId);
    if (known !== undefined && matcher.links[known]!.link.courseId === assignment.courseId) return known;
    let ofLink = this.#goneIndex.get(assignment.linkId);
    if (!ofLink) {
      ofLink = new Map();
      this.#goneIndex.set(assignment.linkId, ofLink);
    }
    let column = ofLink.get(assignment.courseId);
    if (column === undefined) {
      column = matcher.links.length + this.#gone.push(assignment) - 1;
      ofLink.set(assignment.courseId, column);
      this.#makeRoom((column + 1) * this.#words);
    }
    return column;
  }

  #makeRoom(length: number): void {
    if (length <= this.#held.length) return;
    const larger = new Int32Array(length * 2);
    larger.set(this.#held);
    this.#held = larger;
  }

  /** The columns that change for each row, in order of course and link among the links, then those of links that are gone. */
  changes(): ReadonlyMap<number, Column[]> {
    const words = this.#words;
    const changed = new Map<number, Column[]>();
    const note = (column: Column, word: number, bits: number) => {
      eachBit(bits, word << 5, (row) => {
        const columns = changed.get(row);
        if (columns) columns.push(column);
        else changed.set(row, [column]);
      });
    };
    for (const column of this.#linkColumns()) {
      const { audience, frozen } = this.matcher.links[column]!;
      if (frozen) continue;
      for (let w = 0; w < words; w++) {
        const wanted = this.#evaluation.bits[audience! * words + w]! & this.#present[w]!;
        const differing = wanted ^ this.#held[column * words + w]!;
        if (differing !== 0) note(column, w, differing);
      }
    }
    for (let column = this.matcher.links.length; column < this.matcher.links.length + this.#gone.length; column++) {
      for (let w = 0; w < words; w++) {
        const held = this.#held[column * words + w]!;
        if (held !== 0) note(column, w, held);
      }
    }
    return changed;
  }

  *#linkColumns(): Iterable<Column> {
    if (!this.courses) {
      for (let column = 0; column < this.matcher.links.length; column++) yield column;
      return;
    }
    const ranges = [...this.courses].flatMap((courseId) => this.matcher.courses.get(courseId) ?? []);
    for (const { from, to } of ranges.sort((a, b) => a.from - b.from))
      for (let column = from; column < to; column++) yield column;
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
    const link = this.matcher.links[column];
    if (!link) return false;
    if (link.frozen) return this.isHeld(column, row);
    return hasBit(this.#evaluation.bits, link.audience! * this.#words, row) && hasBit(this.#present, 0, row);
  }

  /** Whether the column is of a link that is gone. */
  isGone(column: Column): boolean {
    return column >= this.matcher.links.length;
  }

  /** The assignment of a column. */
  assignment(column: Column): Assignment {
    return this.matcher.links[column]?.assignment ?? this.#gone[column - this.matcher.links.length]!;
  }

  /** The columns of a course: of its links in order, then of links that are gone. */
  columnsOf(courseId: CourseId): readonly Column[] {
    let columns = this.#columnsOf.get(courseId);
    if (!columns) {
      const { from, to } = this.matcher.courses.get(courseId) ?? { from: 0, to: 0 };
      columns = Array.from({ length: to - from }, (_, i) => from + i);
      for (const [i, gone] of this.#gone.entries())
        if (gone.courseId === courseId) columns.push(this.matcher.links.length + i);
      this.#columnsOf.set(courseId, columns);
    }
    return columns;
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
