import type { CompiledCatalog } from '../catalog/compiled-catalog.js';
import { compareAssignments } from '../collections/order.js';
import type { CourseId } from '../model/ids.js';
import type { Assignment, LearnerState } from '../model/learner.js';
import type { Wanted } from './wanted.js';

/** Links by index, in order: the entries of a list from `from` to before `to`. */
export interface LinkRange {
  readonly list: Int32Array;
  readonly from: number;
  readonly to: number;
}

const NONE: readonly never[] = [];
const NOTHING: LinkRange = { list: new Int32Array(0), from: 0, to: 0 };

/** Compares what one learner holds with what they should hold. One object is reused for all learners. */
export class Comparison {
  /** What the learner holds. */
  held: LinkRange = NOTHING;
  /** What the learner holds once settled: what is wanted, and what frozen links hold. */
  settled: LinkRange = NOTHING;
  /** Assignments of deleted links: their (link, course) is not in the catalog; in order (semantics §7.8). */
  unlinked: readonly Assignment[] = [];

  /** `courses` are those to evaluate; undefined means all. */
  constructor(
    readonly matcher: CompiledCatalog,
    readonly courses: ReadonlySet<CourseId> | undefined,
  ) {}

  /** Reads the learner of a row and returns whether anything changes for them. */
  differs({ assignments }: LearnerState, { starts, links }: Wanted, row: number): boolean {
    const wanted: LinkRange = { list: links, from: starts[row]!, to: starts[row + 1]! };
    // Usually everything is already as it should be, and in order; then no link is looked up.
    if (this.#isHeld(assignments, wanted)) return false;
    if (assignments.length > 0) this.#read(assignments, wanted);
    else {
      this.held = NOTHING;
      this.unlinked = NONE;
    }
    this.settled = this.matcher.blocked.length === 0 ? wanted : this.#withFrozen(wanted);
    return this.unlinked.length > 0 || !isSame(this.held, this.settled);
  }

  #isHeld(assignments: readonly Assignment[], { list, from, to }: LinkRange): boolean {
    const count = assignments.length;
    if (count !== to - from) return false;
    const { pairs } = this.matcher;
    for (let i = 0; i < count; i++) if (!isPair(pairs[list[from + i]!]!, assignments[i]!)) return false;
    return true;
  }

  #read(assignments: readonly Assignment[], { list, from, to }: LinkRange): void {
    const { pairs, linkIndex, courseAt, workspace } = this.matcher;
    const held = workspace.held.take(assignments.length);
    const unlinked: Assignment[] = [];
    let count = 0;
    let sorted = true;
    let next = from;
    for (let i = 0; i < assignments.length; i++) {
      const assignment = assignments[i]!;
      const { courseId, linkId } = assignment;
      if (this.courses && !this.courses.has(courseId)) continue;
      // Most likely it is the next wanted link.
      const guess = next < to ? list[next]! : -1;
      const link = guess >= 0 && isPair(pairs[guess]!, assignment) ? guess : linkIndex.get(linkId);
      if (link === undefined || courseAt[link]!.courseId !== courseId) unlinked.push(assignment);
      else {
        if (count > 0 && held[count - 1]! >= link) sorted = false;
        held[count++] = link;
        while (next < to && list[next]! <= link) next++;
      }
    }
    this.held = { list: held, from: 0, to: sorted ? count : sortedOnce(held, count) };
    this.unlinked =
      unlinked.length < 2
        ? unlinked
        : unlinked.sort(compareAssignments).filter((one, i) => i === 0 || !isPair(one, unlinked[i - 1]!));
  }

  /** Merges the wanted links with the frozen links that are held. */
  #withFrozen({ list, from, to }: LinkRange): LinkRange {
    const { links, workspace } = this.matcher;
    const { held } = this;
    const merged = workspace.settled.take(to - from + held.to);
    let count = 0;
    let next = from;
    for (let i = held.from; i < held.to; i++) {
      const link = held.list[i]!;
      if (!links[link]!.frozen) continue;
      while (next < to && list[next]! < link) merged[count++] = list[next++]!;
      merged[count++] = link;
    }
    while (next < to) merged[count++] = list[next++]!;
    return { list: merged, from: 0, to: count };
  }
}

function isPair(a: Assignment, b: Assignment): boolean {
  return a.linkId === b.linkId && a.courseId === b.courseId;
}

function isSame(a: LinkRange, b: LinkRange): boolean {
  if (a.to - a.from !== b.to - b.from) return false;
  for (let i = a.from, j = b.from; i < a.to; i++, j++) if (a.list[i] !== b.list[j]) return false;
  return true;
}

/** Sorts the first `count` entries and removes duplicates; returns how many remain. */
function sortedOnce(list: Int32Array, count: number): number {
  list.subarray(0, count).sort();
  let kept = 0;
  for (let i = 0; i < count; i++) if (list[i] !== list[kept - 1]) list[kept++] = list[i]!;
  return kept;
}
