import { entry } from '../model/entry.js';
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
    const links = entry(this.#assignments, courseId, () => new Map<LinkId, Map<SegmentId, Assignment>>());
    const segments = entry(links, linkId, () => new Map<SegmentId, Assignment>());
    return entry(segments, segmentId, () => Object.freeze({ courseId, linkId, segmentId }));
  }

  training({ courseId, status }: TrainingRecord): TrainingRecord {
    const records = entry(this.#training, courseId, () => new Map<TrainingRecord['status'], TrainingRecord>());
    return entry(records, status, () => Object.freeze({ courseId, status }));
  }
}
