import type { Course } from '../model/catalog.js';
import type { LearnerDiff } from '../model/diff.js';
import type { CourseId, LearnerId } from '../model/ids.js';
import type { Field, Learner, TrainingRecord, UnreadableHoldings, UnreadableLearner } from '../model/learner.js';
import type { LearnerQuery, WriteContext } from '../repositories/repositories.js';
import type { SqlDriver } from './driver.js';
import type { IdKind } from './id-kind.js';

/** A course that a learner is on by anything else than this library. */
export interface IndividualEnrolment {
  /** Who is on it. */
  readonly learnerId: LearnerId;
  /** The course. */
  readonly courseId: CourseId;
}

/** A training record of a learner's that is not archived. */
export interface LearnerTraining extends TrainingRecord {
  /** Whose record it is. */
  readonly learnerId: LearnerId;
}

/**
 * What the repositories ask of the host's own tables. Every question is put to the driver given with it, which may be a transaction:
 * ask nothing of any other connection. `sqlHost` makes one of a description of tables.
 */
export interface SqlHost {
  /** What the ids of learners are, as `migrate` was told. Default `text`. */
  readonly learnerIds?: IdKind;
  /** Whose rows these are, where several tenants share the tables: the library's rows have to be kept apart as well. */
  readonly tenant?: string;
  /** Answers the profile fields that the host declares; undefined where it declares none. */
  fields(db: SqlDriver): Promise<readonly Field[] | undefined>;
  /** Answers all courses: the same list again says that nothing in it has changed, and must not be changed. */
  courses(db: SqlDriver): Promise<readonly Course[]>;
  /** Returns those of these learners that exist, in any order, each once; one whose row cannot be read as `{ id, unreadable }`. */
  learners(db: SqlDriver, ids: readonly LearnerId[]): Promise<readonly (Learner | UnreadableLearner)[]>;
  /**
   * Returns these learners as `learners` would once their values are in the host's tables, in the same order and as many. Changes no table of
   * the host's. Left out: learners are stored unchanged.
   */
  asStored?(db: SqlDriver, learners: readonly Learner[]): Promise<readonly (Learner | UnreadableLearner)[]>;
  /**
   * Answers a page as `LearnerRepository.page` promises it, in the order of a column of `learnerIds`: of integers and
   * uuids by value, of text in the database's default collation on Postgres and byte by byte elsewhere.
   */
  page(db: SqlDriver, query: LearnerQuery): Promise<readonly (Learner | UnreadableLearner)[]>;
  /**
   * Returns the individual enrolments of these learners, on every course or on these only; and `{ learnerId, unreadable }` for a learner
   * whose rows cannot be read.
   */
  individual(
    db: SqlDriver,
    ids: readonly LearnerId[],
    courses?: readonly CourseId[],
  ): Promise<readonly (IndividualEnrolment | UnreadableHoldings)[]>;
  /**
   * Returns the training records of these learners that are not archived, on every course or on these only, with several of one course if
   * there are several; and `{ learnerId, unreadable }` for a learner whose rows cannot be read.
   */
  training(
    db: SqlDriver,
    ids: readonly LearnerId[],
    courses?: readonly CourseId[],
  ): Promise<readonly (LearnerTraining | UnreadableHoldings)[]>;
  /**
   * Does what the host does when enrolments change (archive, start a record, notify, fill an outbox), in the same transaction. The context names
   * the operation, when it is written, and the links (semantics §8).
   */
  onWrite?(diffs: readonly LearnerDiff[], tx: SqlDriver, context: WriteContext): Promise<void>;
}
