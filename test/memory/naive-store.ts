import { compareIds } from '../../src/collections/order.js';
import type { LearnerDiff } from '../../src/model/diff.js';
import type { Assignment, TrainingRecord } from '../../src/model/learner.js';

/** What a learner holds, as simply as it can be kept. */
interface Row {
  readonly assignments: Map<string, Assignment>;
  readonly individual: Set<string>;
  readonly training: Map<string, TrainingRecord['status']>;
  readonly archived: string[];
}

/** A store without transactions, locks or indexes; `copy` before, and you can go back. */
export class NaiveStore {
  learners = new Map<string, number>();
  rows = new Map<string, Row>();

  copy(): NaiveStore {
    const copy = new NaiveStore();
    copy.learners = new Map(this.learners);
    copy.rows = structuredClone(this.rows);
    return copy;
  }

  row(id: string): Row {
    const row = this.rows.get(id) ?? {
      assignments: new Map(),
      individual: new Set(),
      training: new Map(),
      archived: [],
    };
    this.rows.set(id, row);
    return row;
  }

  write({ learnerId, assigned, released, enrolled, unenrolled }: LearnerDiff): void {
    const { assignments, training, archived } = this.row(learnerId);
    for (const pair of assigned) assignments.set(JSON.stringify([pair.courseId, pair.linkId]), pair);
    for (const pair of released) assignments.delete(JSON.stringify([pair.courseId, pair.linkId]));
    for (const one of enrolled) {
      if (one.training === 'start' && !training.has(one.courseId)) training.set(one.courseId, 'in-progress');
    }
    for (const { courseId } of unenrolled.filter((one) => one.training === 'archive')) {
      if (training.delete(courseId)) archived.push(courseId);
    }
  }

  state(id: string): object {
    const { assignments, individual, training } = this.row(id);
    return {
      learnerId: id,
      assignments: [...assignments.values()].sort(
        (a, b) => compareIds(a.courseId, b.courseId) || compareIds(a.linkId, b.linkId),
      ),
      individual: [...individual].sort(compareIds),
      training: [...training]
        .map(([courseId, status]) => ({ courseId, status }))
        .sort((a, b) => compareIds(a.courseId, b.courseId)),
      ...(this.learners.has(id) && { learner: { id, profile: { n: this.learners.get(id) } } }),
    };
  }

  holders(links?: readonly string[]): string[] {
    const holds = (row: Row): boolean =>
      [...row.assignments.values()].some(({ linkId }) => !links || links.includes(linkId));
    return [...this.rows]
      .filter(([, row]) => holds(row))
      .map(([id]) => id)
      .sort(compareIds);
  }
}
