import { entry } from '../model/entry.js';
import type { CourseId, LinkId } from '../model/ids.js';
import type { Assignment, TrainingRecord } from '../model/learner.js';

/**
 * One frozen object for each assignment and training record that anybody has: learners share them, so that holding
 * one costs a reference, and the same pair is the same object.
 */
export class SharedPairs {
  readonly #assignments = new Map<CourseId, Map<LinkId, Assignment>>();
  readonly #training = new Map<CourseId, Map<TrainingRecord['status'], TrainingRecord>>();

  assignment({ courseId, linkId }: Assignment): Assignment {
    return shared(this.#assignments, courseId, linkId, () => ({ courseId, linkId }));
  }

  training({ courseId, status }: TrainingRecord): TrainingRecord {
    return shared(this.#training, courseId, status, () => ({ courseId, status }));
  }
}

function shared<A, B, T>(table: Map<A, Map<B, T>>, a: A, b: B, make: () => T): T {
  const row = entry(table, a, () => new Map<B, T>());
  return entry(row, b, () => Object.freeze(make()));
}
