import type { Catalog, CatalogChange, Link, Unsettled, UnsettledRange } from '../model/catalog.js';
import type { LearnerDiff } from '../model/diff.js';
import type { CourseId, LearnerId, LinkId, OperationId, SegmentId } from '../model/ids.js';
import type { Holdings, Learner, UnreadableHoldings, UnreadableLearner } from '../model/learner.js';
import type { Operation } from '../model/operation.js';
import type { Rule } from '../model/rule.js';

/** The adapter that a host implements: eight required methods and a transaction. One `Repositories` per tenant. */
export interface Repositories {
  /** Segments and links, with the courses and fields they depend on. */
  readonly catalog: CatalogRepository;
  /** The learners. */
  readonly learners: LearnerRepository;
  /** What the learners hold. */
  readonly enrolments: EnrolmentRepository;
  /**
   * How many transactions on different learners one operation may have open at the same time: the number of batches of a large edit that
   * run concurrently. Defaults to 1.
   */
  readonly concurrency?: number;
  /**
   * Runs `work` while no other transaction on any of these learners runs. Either all of its writes are committed, or none are.
   * Reads inside see everything that was committed before the locks were granted. Rejects when `work` rejects.
   * May roll back and run `work` again, for example to retry after a deadlock. With an empty list, runs `work` without locking any learner.
   */
  transaction<T>(learnerIds: readonly LearnerId[], work: (inside: Repositories) => Promise<T>): Promise<T>;
}

/** The admins' catalog, with the host's courses and fields that it depends on. */
export interface CatalogRepository {
  /**
   * Returns the catalog: the same object as long as nothing in it has changed, so that it is compiled once. Where only `unsettled` has
   * changed, the arrays of fields, courses, segments and links are the same objects.
   * Inside a transaction this locks the catalog: `commit` completes only after every other transaction that loaded it has ended.
   */
  load(options?: LoadOptions): Promise<Catalog>;
  /**
   * Stores a resolved change and the work it leaves, atomically. Returns the new revision: the expected one plus 1, which equals
   * `unsettled.operation.revision`. Stores the operation unchanged, including keys that this version does not know.
   * Throws `catalog_conflict` if the current revision is not the expected one.
   */
  commit(change: CatalogChange, options: CommitOptions): Promise<number>;
  /**
   * Records that a range of a piece of work is settled up to and including `range.after`, or is `done`. Replaces the range with the same pass
   * and `upTo`, or removes it; deletes work that has no ranges left. Does nothing if the work or the range does not exist.
   */
  settled(progress: SettledRange): Promise<void>;
}

/** The argument of {@link CatalogRepository.load}. */
export interface LoadOptions {
  /**
   * A hint: the operation that loads the catalog is about to commit, or to lock learners in several steps. If the transaction is the host's, lock
   * the catalog so that no other transaction can load it inside: then two such operations run one after another instead of waiting for each other.
   */
  readonly exclusive?: boolean;
}

/** The second argument of {@link CatalogRepository.commit}. */
export interface CommitOptions {
  /** The state that the change was computed from. */
  readonly expected: {
    /** The catalog's revision. */
    readonly revision: number;
  };
  /** The work that the change leaves. */
  readonly unsettled: Unsettled;
}

/** How far a range of a piece of work is settled. */
export interface SettledRange {
  /** Which piece of work: the operation that left it. */
  readonly operation: OperationId;
  /** Which range, by its pass and `upTo`, with the last learner who was settled as `after`. */
  readonly range: UnsettledRange;
  /** Whether the whole range is settled. */
  readonly done: boolean;
}

/** The host's learners; the library only reads them. */
export interface LearnerRepository {
  /**
   * Returns those of these learners that exist, in any order, each once.
   * A learner whose row cannot be read is returned as {@link UnreadableLearner}; all others are still returned.
   * With an empty list, returns an empty list.
   */
  get(ids: readonly LearnerId[]): Promise<readonly (Learner | UnreadableLearner)[]>;
  /**
   * Returns up to `limit` learners whose ids follow `after` and do not follow `upTo`, in a total order of ids that the store chooses and
   * {@link EnrolmentRepository.holders} shares; an empty list only when none are left. `after` and `upTo` may have been deleted.
   * `matching` is a hint: learners who satisfy the rule or are placed in one of the segments. Return more learners if necessary, never fewer.
   * Learners whose row cannot be read match every hint, and are returned as {@link UnreadableLearner}.
   */
  page(query: LearnerQuery): Promise<readonly (Learner | UnreadableLearner)[]>;
  /**
   * Returns these learners as {@link LearnerRepository.get} would return them after the host has stored them, with ids and values as the store
   * converts them: one for each, in the same order. Omit this method if the store returns what was stored unchanged.
   */
  asStored?(learners: readonly Learner[]): Promise<readonly (Learner | UnreadableLearner)[]>;
}

/** A page of learners. */
export interface LearnerQuery {
  /** Only ids that follow this one. Absent: from the beginning. */
  readonly after?: LearnerId;
  /** Only ids up to and including this one. Absent: to the end. */
  readonly upTo?: LearnerId;
  /** The most learners to return; at least 1. */
  readonly limit: number;
  /** A hint that narrows the page. Absent: all learners. */
  readonly matching?: Matching;
  /**
   * Another hint: these learners are read again under their locks, so the store may skip reading profiles and return them empty.
   * With `matching`, profiles may be empty only if the store has applied that hint: learners with a profile are first evaluated by it.
   */
  readonly idsOnly?: boolean;
}

/** A condition that selects at least the required learners; its rule names no segment. */
export interface Matching {
  /** Learners who satisfy this rule. */
  readonly rule: Rule;
  /** Also learners who were placed in one of these segments by hand. */
  readonly placedIn: readonly SegmentId[];
}

/** The smart assignments, and the host's own enrolments and training records. */
export interface EnrolmentRepository {
  /**
   * Returns what these learners hold, on all courses or only on the given ones; learners without any row may be left out. With no ids,
   * returns an empty list; with an empty list of courses, no assignment, individual enrolment or training record.
   * Learners whose rows cannot be read are returned as {@link UnreadableHoldings}; all others are still returned.
   */
  read(
    ids: readonly LearnerId[],
    options?: { readonly courses?: readonly CourseId[] },
  ): Promise<readonly (Holdings | UnreadableHoldings)[]>;
  /** Returns up to `limit` learners who hold an assignment by one of these links (or by any), in the store's order; an empty list only when none are left. */
  holders(query: HoldersQuery): Promise<readonly LearnerId[]>;
  /**
   * Stores the diffs' assignments with their segments, and does whatever the host does then (archives, notifies, …). A release names an
   * assignment by its course and link (semantics §7.8). An empty list stores nothing.
   */
  write(diffs: readonly LearnerDiff[], context: WriteContext): Promise<void>;
}

/** What a batch of diffs is written for (semantics §8). */
export interface WriteContext {
  /** The operation that the diffs belong to. For work that an edit left, the operation of that edit, whichever process settles it. */
  readonly operation: Operation;
  /** When the batch is written, by the engine's clock: an ISO 8601 instant in UTC, with milliseconds. */
  readonly at: string;
  /**
   * The links that the diffs name, by id, including links that this operation removed. A link that an earlier operation removed is absent.
   */
  readonly links: ReadonlyMap<LinkId, Link>;
}

/** A page of holders. */
export interface HoldersQuery {
  /** Holders of an assignment by one of these links; an empty list selects no learner. Absent: by any link. */
  readonly links?: readonly LinkId[];
  /** Only ids that follow this one. Absent: from the beginning. */
  readonly after?: LearnerId;
  /** Only ids up to and including this one. Absent: to the end. */
  readonly upTo?: LearnerId;
  /** The most learners to return; at least 1. */
  readonly limit: number;
}
