import type { Assignment, Catalog, Enrolled, LearnerDiff, LearnerState, Matcher, Scalar } from '../../../src/core.js';
import { coreRun } from '../measure/core-run.js';
import { linkIndex } from '../measure/digest.js';

const NONE: readonly never[] = Object.freeze([]);

/**
 * The work that every program over the same objects has to do: it reads every field once, looks up every value and every held link
 * once, and writes the same output, which it is given beforehand. It makes no decisions.
 */
export class LowerBound {
  readonly #fields: readonly string[];
  readonly #values: readonly Map<Scalar, number>[];
  readonly #links: ReadonlyMap<string, number>;
  readonly #assignments: readonly Assignment[];
  /** The enrolment on its course, by link. */
  readonly #starts: readonly Enrolled[];
  /** The given output: the links to assign, and one link for each enrolled course, state by state. */
  readonly #assigned: Lists;
  readonly #enrolled: Lists;
  /** Prevents the engine from optimising the lookups away. */
  seen = 0;

  constructor(catalog: Catalog, matcher: Matcher, states: readonly LearnerState[]) {
    this.#fields = (catalog.fields ?? []).map(({ id }) => id);
    this.#values = this.#fields.map((field) => valuesOf(field, states));
    this.#links = new Map(catalog.links.map(({ id }, index) => [id, index]));
    this.#assignments = catalog.links.map(({ id, courseId, segmentId }) => ({ courseId, linkId: id, segmentId }));
    this.#starts = catalog.links.map(({ courseId }) => ({ courseId, training: 'start' }));
    const [assigned, enrolled] = [new Lists(states.length), new Lists(states.length)];
    let place = 0;
    // The states are in order, as diffs are. No diff is kept, because the engine would then allocate diffs as long-lived objects.
    const add = (links: readonly Assignment[]): void => {
      assigned.add(links.map(linkIndex));
      enrolled.add(links.filter(({ courseId }, i) => courseId !== links[i - 1]?.courseId).map(linkIndex));
    };
    coreRun(matcher, states, (diffs) => {
      for (const diff of diffs) {
        while (states[place++]!.learnerId !== diff.learnerId) add(NONE);
        add(diff.assigned);
      }
    });
    while (place++ < states.length) add(NONE);
    [this.#assigned, this.#enrolled] = [assigned, enrolled];
  }

  /** Reads and looks up everything of the states from this index on; returns the diffs of learners who are assigned something. */
  run(states: readonly LearnerState[], from = 0): LearnerDiff[] {
    const diffs: LearnerDiff[] = [];
    for (let i = 0; i < states.length; i++) {
      const state = states[i]!;
      this.#read(state);
      if (this.#assigned.lengthOf(from + i) > 0) diffs.push(this.#write(state.learnerId, from + i));
    }
    return diffs;
  }

  #read({ learner, assignments }: LearnerState): void {
    let seen = 0;
    for (let field = 0; field < this.#fields.length; field++) {
      const value = learner!.profile[this.#fields[field]!];
      const values = this.#values[field]!;
      if (Array.isArray(value)) for (const one of value as readonly Scalar[]) seen += values.get(one)!;
      else seen += values.get(value as Scalar)!;
    }
    for (let i = 0; i < assignments.length; i++) seen += this.#links.get(assignments[i]!.linkId)!;
    this.seen = (this.seen + seen) | 0;
  }

  #write(learnerId: string, place: number): LearnerDiff {
    return {
      learnerId,
      assigned: this.#assigned.take(place, this.#assignments),
      released: NONE,
      enrolled: this.#enrolled.take(place, this.#starts),
      unenrolled: NONE,
      kept: NONE,
    };
  }
}

/** Lists of indexes, concatenated. */
class Lists {
  readonly #starts: Int32Array;
  #indexes = new Int32Array(1 << 16);
  #count = 0;

  constructor(lists: number) {
    this.#starts = new Int32Array(lists + 1);
  }

  add(indexes: readonly number[]): void {
    const start = this.#starts[this.#count++]!;
    this.#starts[this.#count] = start + indexes.length;
    if (start + indexes.length > this.#indexes.length) {
      const longer = new Int32Array(2 * this.#indexes.length);
      longer.set(this.#indexes);
      this.#indexes = longer;
    }
    this.#indexes.set(indexes, start);
  }

  lengthOf(list: number): number {
    return this.#starts[list + 1]! - this.#starts[list]!;
  }

  /** Maps the indexes of a list to their items, in an array that is allocated with its final length, which is fastest. */
  take<Item>(list: number, items: readonly Item[]): Item[] {
    const start = this.#starts[list]!;
    const taken = new Array<Item>(this.lengthOf(list));
    for (let i = 0; i < taken.length; i++) taken[i] = items[this.#indexes[start + i]!]!;
    return taken;
  }
}

function valuesOf(field: string, states: readonly LearnerState[]): Map<Scalar, number> {
  const values = new Map<Scalar, number>();
  for (const { learner } of states) {
    const value = learner!.profile[field];
    for (const one of Array.isArray(value) ? (value as readonly Scalar[]) : [value as Scalar]) {
      if (!values.has(one)) values.set(one, values.size);
    }
  }
  return values;
}
