import type { Course } from '../../model/catalog.js';
import type { LearnerDiff } from '../../model/diff.js';
import type { CourseId, LearnerId } from '../../model/ids.js';
import type { Field, Learner, TrainingRecord, UnreadableHoldings, UnreadableLearner } from '../../model/learner.js';
import type { LearnerQuery, WriteContext } from '../../repositories/repositories.js';
import type { SqlDriver } from '../statement/driver.js';
import type { IdKind } from '../statement/id-kind.js';

/** An enrolment that anything other than this library made. */
export interface IndividualEnrolment {
  /** The learner's id. */
  readonly learnerId: LearnerId;
  /** The course. */
  readonly courseId: CourseId;
}

/** A training record of a learner that is not archived. */
export interface LearnerTraining extends TrainingRecord {
  /** The learner's id. */
  readonly learnerId: LearnerId;
}

/**
 * What the repositories read from the host's own tables. Run every query on the given driver, which may be a transaction, and on no other
 * connection. `sqlHost` makes a `SqlHost` from a description of tables.
 */
export interface SqlHost {
  /** The type of learner ids, as configured in `migrate`. Defaults to `text`. */
  readonly learnerIds?: IdKind;
  /** The tenant, if several tenants share the tables; the library's rows are kept apart by it too. */
  readonly tenant?: string;
  /** Returns the profile fields that the host declares, or undefined if it declares none. */
  fields(db: SqlDriver): Promise<readonly Field[] | undefined>;
  /** Returns all courses. Returning the same array again means that nothing in it has changed; never change a returned array. */
  courses(db: SqlDriver): Promise<readonly Course[]>;
  /** Returns those of these learners that exist, in any order, each once; a learner whose row cannot be read as `{ id, unreadable }`. */
  learners(db: SqlDriver, ids: readonly LearnerId[]): Promise<readonly (Learner | UnreadableLearner)[]>;
  /**
   * Returns these learners as `learners` would return them after their values are stored in the host's tables: one for each, in the same
   * order. Changes no table of the host. Omit this method if learners are stored unchanged.
   */
  asStored?(db: SqlDriver, learners: readonly Learner[]): Promise<readonly (Learner | UnreadableLearner)[]>;
  /**
   * Returns a page as `LearnerRepository.page` promises, in the order of a column of the type `learnerIds`: integers and uuids by value, text
   * in the database's default collation on Postgres and byte by byte elsewhere.
   */
  page(db: SqlDriver, query: LearnerQuery): Promise<readonly (Learner | UnreadableLearner)[]>;
  /**
   * Returns the individual enrolments of these learners, on all courses or only on the given ones, and `{ learnerId, unreadable }` for a
   * learner whose rows cannot be read.
   */
  individual(
    db: SqlDriver,
    ids: readonly LearnerId[],
    courses?: readonly CourseId[],
  ): Promise<readonly (IndividualEnrolment | UnreadableHoldings)[]>;
  /**
   * Returns the training records of these learners that are not archived, on all courses or only on the given ones. There may be several for
   * one course. Returns `{ learnerId, unreadable }` for a learner whose rows cannot be read.
   */
  training(
    db: SqlDriver,
    ids: readonly LearnerId[],
    courses?: readonly CourseId[],
  ): Promise<readonly (LearnerTraining | UnreadableHoldings)[]>;
  /**
   * Called when enrolments change, in the same transaction, before `onWrite`: writes them, and training records, to the host's tables. `sqlHost` has it
   * if its description has `enrolments` or `training.keep`.
   */
  keepTables?(diffs: readonly LearnerDiff[], tx: SqlDriver, context: WriteContext): Promise<void>;
  /**
   * Called when enrolments change, in the same transaction: archive or start training records, notify, fill an outbox. The context has the
   * operation, the time of the write, and the links (semantics §8).
   */
  onWrite?(diffs: readonly LearnerDiff[], tx: SqlDriver, context: WriteContext): Promise<void>;
}
