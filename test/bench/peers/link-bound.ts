import type { Assignment, Learner, LearnerDiff, LearnerState, TrainingRecord } from '../../../src/core.js';
import type { Link } from '../../../src/index.js';

const NONE: readonly never[] = [];

interface Row {
  readonly assignments: readonly Assignment[];
  readonly training: readonly TrainingRecord[];
}

/**
 * What linking a course in a store in memory cannot go without, whose transactions keep the promises of the interface: it asks everybody
 * the question; locks a batch of those who answer yes; reads under the lock who they are and what they hold, and asks again; builds the
 * diffs; makes what they hold from then on, which nobody can change; and only once all of it is made, stores it beside who holds the link
 * and unlocks. Each is done with nothing but maps, arrays and objects of the right length; it checks, counts, orders, waits for and
 * searches nothing.
 */
export class LinkBound {
  readonly #people: readonly Learner[];
  readonly #byId: ReadonlyMap<string, Learner>;
  readonly #rows: ReadonlyMap<string, Row>;
  readonly #locked = new Set<string>();
  /** Keeps what is stored from being optimised away. */
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

/** What linking one course answers for these people, and nothing else. */
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
