import type { Assignment, Catalog, Enrolled, LearnerDiff, LearnerState, Matcher, Scalar } from '../../../src/core.js';
import { coreRun } from '../measure/core-run.js';
import { linkIndex } from '../measure/digest.js';

const NONE: readonly never[] = Object.freeze([]);

/**
 * What no program over the same objects can go without: it reads every field once, looks every value and every held link up once, and
 * writes the same output, which it was told beforehand. It decides nothing.
 */
export class LowerBound {
  readonly #fields: readonly string[];
  readonly #values: readonly Map<Scalar, number>[];
  readonly #links: ReadonlyMap<string, number>;
  readonly #assignments: readonly Assignment[];
  /** By link what enrolling on its course means. */
  readonly #starts: readonly Enrolled[];
  /** What it was told: by state the indexes of the links to assign, if any. */
  readonly #answers: readonly (Int32Array | undefined)[];
  /** Keeps what is looked up from being optimised away. */
  seen = 0;

  constructor(catalog: Catalog, matcher: Matcher, states: readonly LearnerState[]) {
    this.#fields = (catalog.fields ?? []).map(({ id }) => id);
    this.#values = this.#fields.map((field) => valuesOf(field, states));
    this.#links = new Map(catalog.links.map(({ id }, index) => [id, index]));
    this.#assignments = catalog.links.map(({ id, courseId }) => ({ courseId, linkId: id }));
    this.#starts = catalog.links.map(({ courseId }) => ({ courseId, training: 'start' }));
    const answers = new Map<string, Int32Array>();
    coreRun(matcher, states, (diffs) => {
      for (const { learnerId, assigned } of diffs) answers.set(learnerId, Int32Array.from(assigned, linkIndex));
    });
    this.#answers = states.map(({ learnerId }) => answers.get(learnerId));
  }

  /** Reads and looks up everything of states that begin at this place of all; answers the diffs of those who are assigned something. */
  run(states: readonly LearnerState[], from = 0): LearnerDiff[] {
    const diffs: LearnerDiff[] = [];
    for (let i = 0; i < states.length; i++) {
      const state = states[i]!;
      this.#read(state);
      const answer = this.#answers[from + i];
      if (answer) diffs.push(this.#write(state.learnerId, answer));
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

  #write(learnerId: string, answer: Int32Array): LearnerDiff {
    const assigned: Assignment[] = [];
    const enrolled: Enrolled[] = [];
    let last: string | undefined;
    for (let i = 0; i < answer.length; i++) {
      const link = answer[i]!;
      const assignment = this.#assignments[link]!;
      assigned.push(assignment);
      if (assignment.courseId !== last) enrolled.push(this.#starts[link]!);
      last = assignment.courseId;
    }
    return { learnerId, assigned, released: NONE, enrolled, unenrolled: NONE, kept: NONE };
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
