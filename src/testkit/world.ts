import type { Host } from '../memory/host.js';
import type { CourseId, LearnerId } from '../model/ids.js';
import type { TrainingRecord } from '../model/learner.js';
import type { Repositories } from '../repositories/repositories.js';

/** An adapter with its own storage, and the host that shares the storage. */
export interface World {
  /** The adapter, fresh and empty. */
  readonly repositories: Repositories;
  /** What the LMS itself does, on the same storage. */
  readonly host: Host;
  /** Resolves with a second client of the same storage, as another process would open it. */
  reopen(): Promise<World>;
  /** Closes this client; the first client also deletes the storage. */
  cleanup?(): Promise<void>;
  /** Makes the learner's stored row unreadable, as a faulty import would. Name it in `methods` of the contract. */
  makeUnreadable?(learnerId: LearnerId): Promise<void>;
  /** Makes a stored row of what the learner holds unreadable, as a faulty import would. Name it in `methods` of the contract. */
  makeHoldingsUnreadable?(learnerId: LearnerId): Promise<void>;
  /** Adds a live training record beside those of the same course, as a retake does. Name it in `methods` of the contract. */
  addTraining?(learnerId: LearnerId, courseId: CourseId, status: TrainingRecord['status']): Promise<void>;
}

/** An optional method of a world. It stores rows that the library must expect and that `Host` does not create. */
export type RowMethod = 'makeUnreadable' | 'makeHoldingsUnreadable' | 'addTraining';
