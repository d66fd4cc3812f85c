import type { Catalog, CatalogChange, Link, Unsettled, UnsettledRange } from '../model/catalog.js';
import type { LearnerDiff } from '../model/diff.js';
import type { CourseId, LearnerId, LinkId, OperationId, SegmentId } from '../model/ids.js';
import type { Holdings, Learner, UnreadableHoldings, UnreadableLearner } from '../model/learner.js';
import type { Operation } from '../model/operation.js';
import type { Rule } from '../model/rule.js';

/** What a host writes: eight methods and a transaction, none of them optional. One `Repositories` per tenant. */
export interface Repositories {
  /** Segments and links, with the courses and fields they depend on. */
  readonly catalog: CatalogRepository;
  /** The people. */
  readonly learners: LearnerRepository;
  /** What the people hold. */
  readonly enrolments: EnrolmentRepository;
  /**
   * How many transactions on different learners one operation may have open at once: a large edit then works on so many batches side by
   * side. Default 1: one after the other.
   */
  readonly concurrency?: number;
  /**
   * Runs `work` while no other transaction on any of these learners runs; all it wrote commits, or nothing does.
   * Reads inside see everything committed before its locks were granted. Rejects when `work` rejects.
   * May run `work` again after undoing it, as a retry of a deadlock does. Of no ids it locks nobody, and runs `work` all the same.
   */
  transaction<T>(learnerIds: readonly LearnerId[], work: (inside: Repositories) => Promise<T>): Promise<T>;
}

/** The admins' catalog, with what of the host's own it depends on. */
export interface CatalogRepository {
  /**
   * Answers the catalog: the same object as long as nothing in it changed, so that it is compiled once
   * (and, where only `unsettled` moved, the same arrays of fields, courses, segments and links).
   * Inside a transaction this holds the catalog still: `commit` completes only after every other transaction that loaded it has ended.
   */
  load(): Promise<Catalog>;
  /**
   * Stores a resolved change and the work it leaves, atomically, and returns the new revision: one more than the expected one, which is
   * `unsettled.operation.revision`. Keeps the operation as it is, keys that this version does not know included.
   * Throws a `catalog_conflict` if the revision is no longer the expected one.
   */
  commit(change: CatalogChange, options: CommitOptions): Promise<number>;
  /**
   * Records that a range of a piece of work is settled up to and with `range.after`, or is `done`. Replaces the range with the same pass and
   * `upTo`, or removes it; work without ranges is forgotten. Does nothing if there is no such work, or no such range of it.
   */
  settled(progress: SettledRange): Promise<void>;
}

/** What {@link CatalogRepository.commit} is given beside the change. */
export interface CommitOptions {
  /** What the change was decided on. */
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
  /** Whether the range is settled to its end. */
  readonly done: boolean;
}

/** The host's people: read only. */
export interface LearnerRepository {
  /**
   * Returns those of these learners that exist, in any order, each once.
   * A learner whose row cannot be read is returned as {@link UnreadableLearner}, and does not keep the others from being returned.
   * Of no ids, nobody.
   */
  get(ids: readonly LearnerId[]): Promise<readonly (Learner | UnreadableLearner)[]>;
  /**
   * Answers up to `limit` learners whose ids follow `after` and do not follow `upTo`, in one total order of ids of the store's own,
   * the same as in {@link EnrolmentRepository.holders}; no learner only when none is left. `after` and `upTo` need not exist any more.
   * `matching` is a hint: learners who satisfy the rule or are placed in one of the segments. Return more learners if need be, never fewer.
   * Learners whose row cannot be read match every hint, and are returned as {@link UnreadableLearner}.
   */
  page(query: LearnerQuery): Promise<readonly (Learner | UnreadableLearner)[]>;
  /**
   * Returns these learners as {@link LearnerRepository.get} would return them once the host has stored them, in the same order and as many:
   * ids and values as the store converts them. Left out: the store returns what was stored, unchanged.
   */
  asStored?(learners: readonly Learner[]): Promise<readonly (Learner | UnreadableLearner)[]>;
}

/** A page of learners. */
export interface LearnerQuery {
  /** Only ids that follow this one. Absent: from the beginning. */
  readonly after?: LearnerId;
  /** Only ids up to and with this one. Absent: to the end. */
  readonly upTo?: LearnerId;
  /** At most so many; at least 1. */
  readonly limit: number;
  /** Who is wanted, as a hint. Absent: everyone. */
  readonly matching?: Matching;
  /**
   * Another hint: whoever is answered is read again under their lock, so that profiles need not be read here, and may be answered
   * empty. With `matching` only if the store itself has applied it: whoever comes with a profile is judged by it first.
   */
  readonly idsOnly?: boolean;
}

/** A superset of the learners wanted; its rule names no segment. */
export interface Matching {
  /** Whoever satisfies this is wanted. */
  readonly rule: Rule;
  /** And whoever was placed in one of these segments by hand. */
  readonly placedIn: readonly SegmentId[];
}

/** The smart assignments, and what of the host's own decides beside them. */
export interface EnrolmentRepository {
  /**
   * Returns what these learners hold, on every course or on these only; learners without any row may be left out. Of no ids, nothing; on an
   * empty list of courses, no assignment, individual enrolment or training record.
   * Learners whose rows cannot be read are returned as {@link UnreadableHoldings}, and do not keep the others from being returned.
   */
  read(
    ids: readonly LearnerId[],
    options?: { readonly courses?: readonly CourseId[] },
  ): Promise<readonly (Holdings | UnreadableHoldings)[]>;
  /** Answers up to `limit` learners who hold an assignment by one of these links (or by any), in the store's order; none only when none is left. */
  holders(query: HoldersQuery): Promise<readonly LearnerId[]>;
  /**
   * Stores the diffs' assignments with their segments; and archives, notifies, … whatever the host does on it. A release names an assignment by
   * its course and link (semantics §7.8). An empty list stores nothing.
   */
  write(diffs: readonly LearnerDiff[], context: WriteContext): Promise<void>;
}

/** What a batch of diffs is written for (semantics §8). */
export interface WriteContext {
  /** The operation that the diffs belong to. Of work that an edit left, the operation of that edit, whichever process settles it. */
  readonly operation: Operation;
  /** When the batch is written, by the engine's clock: an ISO 8601 instant in UTC, with milliseconds. */
  readonly at: string;
  /**
   * The links that the diffs name, by id, those included that this operation removed. A link that an earlier operation removed is absent.
   */
  readonly links: ReadonlyMap<LinkId, Link>;
}

/** A page of holders. */
export interface HoldersQuery {
  /** Holders of an assignment by one of these links; of an empty list, nobody. Absent: by any link. */
  readonly links?: readonly LinkId[];
  /** Only ids that follow this one. Absent: from the beginning. */
  readonly after?: LearnerId;
  /** Only ids up to and with this one. Absent: to the end. */
  readonly upTo?: LearnerId;
  /** At most so many; at least 1. */
  readonly limit: number;
}
