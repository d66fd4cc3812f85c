import type { Host } from '../memory/host.js';
import type { CourseId, LearnerId } from '../model/ids.js';
import type { TrainingRecord } from '../model/learner.js';
import type { Repositories } from '../repositories/repositories.js';

/** An adapter over storage of its own, and what the host does there beside it. */
export interface World {
  /** The adapter, fresh and empty. */
  readonly repositories: Repositories;
  /** What the LMS does on its own, over the same storage. */
  readonly host: Host;
  /** Answers a second client on the same storage, as another process would have it. */
  reopen(): Promise<World>;
  /** Ends this client, and with the first of them its storage. */
  cleanup?(): Promise<void>;
  /** Makes the learner's stored row unreadable, as a faulty import would. Name it in `methods` of the contract. */
  makeUnreadable?(learnerId: LearnerId): Promise<void>;
  /** Makes a stored row of what the learner holds unreadable, as a faulty import would. Name it in `methods` of the contract. */
  makeHoldingsUnreadable?(learnerId: LearnerId): Promise<void>;
  /** Adds a live training record beside those of the same course, as a retake does. Name it in `methods` of the contract. */
  addTraining?(learnerId: LearnerId, courseId: CourseId, status: TrainingRecord['status']): Promise<void>;
}

/** A method that a world may have: it stores rows that the library must expect and that `Host` does not make. */
export type RowMethod = 'makeUnreadable' | 'makeHoldingsUnreadable' | 'addTraining';
