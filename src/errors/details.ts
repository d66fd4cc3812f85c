import type { LimitExceeded, Outcome } from '../model/diff.js';
import type { CourseId, Fingerprint, LearnerId, LinkId, OperationId, SegmentId } from '../model/ids.js';

/** One problem with an input, and where it is. */
export interface InputIssue {
  /** The kind of problem. */
  readonly code:
    | 'wrong_type'
    | 'unknown_key'
    | 'too_deep'
    | 'too_wide'
    | 'too_long'
    | 'blank_value'
    | 'empty_all'
    | 'unknown_field'
    | 'operator_misfit'
    | 'value_misfit'
    | 'duplicate';
  /** Keys and indexes from the argument to the value. */
  readonly path: readonly (string | number)[];
  /** One English sentence without profile values. */
  readonly message: string;
}

/** The details of each error code. */
export interface ErrorDetails {
  /** An argument is invalid. */
  invalid_input: {
    /** All problems. */
    readonly issues: readonly InputIssue[];
  };
  /** After the edits, segments that are referred to or deleted would not exist (semantics §5). */
  unknown_segment: {
    /** The ids of the unknown segments. */
    readonly segmentIds: readonly SegmentId[];
  };
  /** Links name courses that `catalog.load()` does not return. */
  unknown_course: {
    /** The ids of the unknown courses. */
    readonly courseIds: readonly CourseId[];
  };
  /** Links to be removed do not exist. */
  unknown_link: {
    /** The ids of the unknown links. */
    readonly linkIds: readonly LinkId[];
  };
  /** Only courses with the enrolment method `by-assignment-only` can be linked. */
  course_not_by_assignment: {
    /** The courses that cannot be linked. */
    readonly courses: readonly {
      /** The course. */
      readonly courseId: CourseId;
      /** The course's enrolment method. */
      readonly enrolmentMethod: string;
    }[];
  };
  /** Only one link may have the same segment, course and rule, and the segment and course of a link id never change (semantics §5, §7.8). */
  duplicate_link: {
    /** Each rejected link, with the existing link. */
    readonly links: readonly {
      /** The link that was rejected. */
      readonly linkId: LinkId;
      /** The link with the same segment, course and rule; or `linkId` itself, if it belongs to another segment or course. */
      readonly existing: LinkId;
    }[];
  };
  /** After the edits, links or rules would still refer to segments to be deleted (semantics §5). */
  segment_in_use: {
    /** Each segment, with what refers to it. */
    readonly segments: readonly {
      /** The segment that cannot be deleted. */
      readonly segmentId: SegmentId;
      /** Links to it, or whose rule refers to it. */
      readonly links: readonly LinkId[];
      /** Segments whose rule refers to it. */
      readonly segments: readonly SegmentId[];
    }[];
  };
  /** The rules of segments would form a cycle (semantics §7.7). */
  rule_cycle: {
    /** The segments, in order; the last refers to the first. */
    readonly segmentIds: readonly SegmentId[];
  };
  /** Another commit changed the catalog in the meantime. */
  catalog_conflict: {
    /** The revision that the commit expected. */
    readonly expected: number;
    /** The current revision. */
    readonly found: number;
  };
  /** The catalog or the diff is no longer what was previewed, or the plan cannot be read. */
  plan_stale: {
    /**
     * `catalog`: the catalog was edited. `diff`: learners, courses, fields or the plan itself changed. `format`: another version of the library
     * made the plan, or it was changed; the `cause` lists what cannot be read.
     */
    readonly changed: 'catalog' | 'diff' | 'format';
    /** The fingerprint of the given plan. */
    readonly planned: Fingerprint;
    /** The fingerprint of what the same edits would do now, if it was computed. */
    readonly found?: Fingerprint;
  };
  /** The operation would remove more than its limits allow (semantics §6). */
  removal_limit: {
    /** The operation to call again, with `confirm`. */
    readonly operation: 'apply' | 'settle' | 'learnersChanged' | 'reconcile';
    /** The limits that were exceeded. */
    readonly exceeded: readonly LimitExceeded[];
    /** Pass this as `confirm` to allow the operation. Absent: the removals grew while the operation ran, and it stopped between two batches. */
    readonly fingerprint?: Fingerprint;
    /** The fingerprint that was passed as `confirm`, if it does not match what the operation would do now. */
    readonly confirmed?: Fingerprint;
  };
  /** Some learners could not be settled. All others are, and the operation's work is recorded as done (semantics §6). */
  some_failed: {
    /** The learners who were set aside, in order of ids, each once, with their error. Nothing was changed for them. */
    readonly failed: readonly {
      /** The learner. */
      readonly learnerId: LearnerId;
      /** The error of the operation on this learner alone. */
      readonly error: unknown;
    }[];
    /** What was done for all other learners. */
    readonly outcome: Outcome;
  };
  /** An earlier edit left work on the same courses that could not be settled; its error is the `cause` (semantics §6). */
  work_outstanding: {
    /** The operation that committed the earlier edit. */
    readonly operation: OperationId;
    /** The courses of that work: edits on other courses are not affected. */
    readonly courses: readonly CourseId[];
  };
  /** A repository or a callback of the host threw; its error is the `cause`. */
  repository_failed: {
    /** The method that failed: `learners.get`, `onDiff`, … */
    readonly method: string;
    /** Set if it ran in a transaction that the host has begun, which only the host can roll back and run again. */
    readonly inHostsTransaction?: true;
  };
  /** A repository broke a promise of its interface. */
  contract_broken: {
    /** The method that broke it: `learners.get`, … */
    readonly method: string;
    /** The promise that was broken, in one English sentence. */
    readonly promise: string;
  };
}

/** The code of an error. */
export type ErrorCode = keyof ErrorDetails;
