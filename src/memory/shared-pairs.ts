import { getOrCreate } from '../collections/get-or-create.js';
import type { CourseId, LinkId, SegmentId } from '../model/ids.js';
import type { Assignment, TrainingRecord } from '../model/learner.js';

/**
 * Keeps one frozen object for each distinct assignment and training record. Learners share them, so holding one costs a reference, and equal
 * assignments are the same object.
 */
export class SharedPairs {
  readonly #assignments = new Map<CourseId, Map<LinkId, Map<SegmentId, Assignment>>>();
  readonly #training = new Map<CourseId, Map<TrainingRecord['status'], TrainingRecord>>();

  assignment({ courseId, linkId, segmentId }: Assignment): Assignment {
    const links = getOrCreate(this.#assignments, courseId, () => new Map<LinkId, Map<SegmentId, Assignment>>());
    const segments = getOrCreate(links, linkId, () => new Map<SegmentId, Assignment>());
    return getOrCreate(segments, segmentId, () => Object.freeze({ courseId, linkId, segmentId }));
  }

  training({ courseId, status }: TrainingRecord): TrainingRecord {
    const records = getOrCreate(this.#training, courseId, () => new Map<TrainingRecord['status'], TrainingRecord>());
    return getOrCreate(records, status, () => Object.freeze({ courseId, status }));
  }
}
