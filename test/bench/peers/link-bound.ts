import type { Assignment, Learner, LearnerDiff, LearnerState, TrainingRecord } from '../../../src/core.js';
import type { Link } from '../../../src/index.js';

interface Row {
  readonly assignments: readonly Assignment[];
  readonly training: readonly TrainingRecord[];
}

/**
 * What linking a course in a store in memory cannot go without: it asks everybody the one question, builds the diffs a batch at a time, and
 * stores lists with one more in them, beside who holds the link. It locks, checks, counts and orders nothing.
 */
export class LinkBound {
  readonly #people: readonly Learner[];
  readonly #rows: ReadonlyMap<string, Row>;
  /** Keeps what is stored from being optimised away. */
  stored = new Map<string, Row>();
  holders: string[] = [];

  constructor(states: readonly LearnerState[]) {
    this.#people = states.map(({ learner }) => learner!);
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

  run({ id: linkId, courseId }: Link, isMember: (learner: Learner) => boolean): void {
    const pair: Assignment = { courseId, linkId };
    const record: TrainingRecord = { courseId, status: 'in-progress' };
    this.stored = new Map();
    this.holders = [];
    for (let next = 0; next < this.#people.length; ) {
      const ids: string[] = [];
      for (; next < this.#people.length && ids.length < 1_000; next++) {
        const learner = this.#people[next]!;
        if (isMember(learner)) ids.push(learner.id);
      }
      for (const { learnerId } of diffObjects(ids, courseId, linkId)) {
        const { assignments, training } = this.#rows.get(learnerId)!;
        this.stored.set(learnerId, { assignments: withLast(assignments, pair), training: withLast(training, record) });
        this.holders.push(learnerId);
      }
    }
  }
}

/** What linking one course answers for these people, and nothing else. */
export function diffObjects(people: readonly string[], courseId: string, linkId: string): LearnerDiff[] {
  return people.map((learnerId) => ({
    learnerId,
    assigned: [{ courseId, linkId }],
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
  return more;
}
