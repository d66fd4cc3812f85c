import type { Assignment, Learner, LearnerDiff, LearnerState, TrainingRecord } from '../../../src/core.js';
import type { Link } from '../../../src/index.js';

const NONE: readonly never[] = [];

interface Row {
  readonly assignments: readonly Assignment[];
  readonly training: readonly TrainingRecord[];
}

/**
 * The work that linking a course has to do in a memory store whose transactions keep the promises of the interface. It evaluates the
 * condition for all learners; locks a batch of those who match; reads their facts and holdings under the lock, and evaluates them again;
 * builds the diffs; creates their new, immutable holdings; and only after all are created, stores them with the holders of the link and
 * unlocks. It uses only maps, arrays and objects of the final length, without checks, counts, sorting, waiting or searches.
 */
export class LinkBound {
  readonly #people: readonly Learner[];
  readonly #byId: ReadonlyMap<string, Learner>;
  readonly #rows: ReadonlyMap<string, Row>;
  readonly #locked = new Set<string>();
  /** Prevents the engine from optimising the writes away. */
  stored = new Map<string, Row>();
  holders: string[] = [];

  constructor(states: readonly LearnerState[]) {
    this.#people = states.map(({ learner }) => learner!);
    this.#byId = new Map(this.#people.map((learner) => [learner.id, learner]));
    const records = new Map<string, TrainingRecord>();
    const recordOf = (courseId: string): TrainingRecord => {
      const record = records.get(courseId) ?? { courseId, status: 'in-progress' };
      records.set(courseId, record);
      return record;
    };
    this.#rows = new Map(
      states.map(({ learnerId, assignments }) => {
        const courses = [...new Set(assignments.map(({ courseId }) => courseId))];
        return [learnerId, { assignments, training: courses.map(recordOf) }];
      }),
    );
  }

  run({ id: linkId, courseId, segmentId }: Link, isMember: (learner: Learner) => boolean): void {
    const pair: Assignment = Object.freeze({ courseId, linkId, segmentId });
    const record: TrainingRecord = Object.freeze({ courseId, status: 'in-progress' });
    this.stored = new Map();
    this.holders = [];
    for (let next = 0; next < this.#people.length; ) {
      const ids: string[] = [];
      for (; next < this.#people.length && ids.length < 1_000; next++) {
        const learner = this.#people[next]!;
        if (isMember(learner)) ids.push(learner.id);
      }
      for (const id of ids) this.#locked.add(id);
      const states = ids.map((learnerId) => {
        const { assignments, training } = this.#rows.get(learnerId)!;
        return { learnerId, learner: this.#byId.get(learnerId)!, assignments, individual: NONE, training };
      });
      const members = states.filter(({ learner }) => isMember(learner)).map(({ learnerId }) => learnerId);
      const made = new Map<string, Row>();
      for (const { learnerId } of diffObjects(members, courseId, linkId)) {
        const { assignments, training } = this.#rows.get(learnerId)!;
        const row = { assignments: withLast(assignments, pair), training: withLast(training, record) };
        made.set(learnerId, Object.freeze(row));
      }
      for (const [learnerId, row] of made) {
        this.stored.set(learnerId, row);
        this.holders.push(learnerId);
      }
      for (const id of ids) this.#locked.delete(id);
    }
  }
}

/** Builds only the diffs that result from linking one course for these learners. */
export function diffObjects(people: readonly string[], courseId: string, linkId: string): LearnerDiff[] {
  return people.map((learnerId) => ({
    learnerId,
    assigned: [{ courseId, linkId, segmentId: '' }],
    released: [],
    enrolled: [{ courseId, training: 'start' }],
    unenrolled: [],
    kept: [],
  }));
}

function withLast<Item>(items: readonly Item[], last: Item): readonly Item[] {
  const more = new Array<Item>(items.length + 1);
  for (let i = 0; i < items.length; i++) more[i] = items[i]!;
  more[items.length] = last;
  return Object.freeze(more);
}
