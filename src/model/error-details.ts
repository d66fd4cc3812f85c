import type { LimitExceeded, Outcome } from './diff.js';
import type { CourseId, Fingerprint, LearnerId, LinkId, OperationId, SegmentId } from './ids.js';

/** One thing wrong with an input, and where. */
export interface InputIssue {
  /** What kind of thing is wrong. */
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
  /** One English sentence; never a profile value. */
  readonly message: string;
}

/** What each error code says. */
export interface ErrorDetails {
  /** An argument is not what the operation takes. */
  invalid_input: {
    /** All that is wrong. */
    readonly issues: readonly InputIssue[];
  };
  /** On the outcome of the edits, segments that are referred to or deleted are not there (semantics §5). */
  unknown_segment: {
    /** The ids that name nothing. */
    readonly segmentIds: readonly SegmentId[];
  };
  /** Links name courses that `catalog.load()` does not answer. */
  unknown_course: {
    /** The ids that name nothing. */
    readonly courseIds: readonly CourseId[];
  };
  /** Links to be removed are not there. */
  unknown_link: {
    /** The ids that name nothing. */
    readonly linkIds: readonly LinkId[];
  };
  /** Only courses that are by assignment only can be linked. */
  course_not_by_assignment: {
    /** Each with the method that it has. */
    readonly courses: readonly {
      /** The course. */
      readonly courseId: CourseId;
      /** What stands where `by-assignment-only` should. */
      readonly enrolmentMethod: string;
    }[];
  };
  /** A segment, course and rule are linked once, and an id names one segment and course for good (semantics §5, §7.8). */
  duplicate_link: {
    /** Each with the link that stands. */
    readonly links: readonly {
      /** The link that was to be saved. */
      readonly linkId: LinkId;
      /** The link with the same segment, course and rule; or `linkId` itself, where it names another segment or course. */
      readonly existing: LinkId;
    }[];
  };
  /** Segments to be deleted are still referred to, on the outcome of the edits (semantics §5). */
  segment_in_use: {
    /** Each with who refers to it. */
    readonly segments: readonly {
      /** The segment that was to be deleted. */
      readonly segmentId: SegmentId;
      /** Links to it, or whose rule refers to it. */
      readonly links: readonly LinkId[];
      /** Segments whose rule refers to it. */
      readonly segments: readonly SegmentId[];
    }[];
  };
  /** Segments would refer to each other in a circle (semantics §7.7). */
  rule_cycle: {
    /** The segments, in order; the last refers to the first. */
    readonly segmentIds: readonly SegmentId[];
  };
  /** Somebody else committed meanwhile. */
  catalog_conflict: {
    /** The revision that the commit was to follow. */
    readonly expected: number;
    /** The revision that there was. */
    readonly found: number;
  };
  /** The catalog or the diff is no longer what was previewed, or the plan cannot be read. */
  plan_stale: {
    /**
     * `catalog`: somebody edited. `diff`: learners, courses, fields or the plan itself changed. `format`: another version of the library made
     * the plan, or it was changed; the `cause` lists what cannot be read.
     */
    readonly changed: 'catalog' | 'diff' | 'format';
    /** The fingerprint of the plan that was given. */
    readonly planned: Fingerprint;
    /** The fingerprint of what the same edits would do now, where that was computed. */
    readonly found?: Fingerprint;
  };
  /** The operation would remove more than its limits allow (semantics §6). */
  removal_limit: {
    /** The operation to call again, with `confirm`. */
    readonly operation: 'apply' | 'settle' | 'learnersChanged' | 'reconcile';
    /** Each limit that was exceeded. */
    readonly exceeded: readonly LimitExceeded[];
    /** What to confirm to let it through. Absent: it grew while it ran, and stopped in between. */
    readonly fingerprint?: Fingerprint;
    /** What was confirmed, where that is not what the operation would do now. */
    readonly confirmed?: Fingerprint;
  };
  /** Some learners could not be settled; everyone else is, and the operation's work is recorded as done (semantics §6). */
  some_failed: {
    /** The learners who were set aside, by id, each once, with the error that stopped them. They are as they were before. */
    readonly failed: readonly {
      /** The learner. */
      readonly learnerId: LearnerId;
      /** What the operation on this learner alone was rejected with. */
      readonly error: unknown;
    }[];
    /** What was done for everyone else. */
    readonly outcome: Outcome;
  };
  /** An earlier edit left work on the same courses, which could not be settled; its error is the `cause` (semantics §6). */
  work_outstanding: {
    /** The operation that committed the earlier edit. */
    readonly operation: OperationId;
    /** The courses of that work: edits on other courses are not affected. */
    readonly courses: readonly CourseId[];
  };
  /** A repository, or a callback, of the host threw; its error is the `cause`. */
  repository_failed: {
    /** Which: `learners.get`, `onDiff`, … */
    readonly method: string;
  };
  /** A repository answered what its interface promises it will not. */
  contract_broken: {
    /** Which: `learners.get`, … */
    readonly method: string;
    /** The promise that was broken, in one English sentence. */
    readonly promise: string;
  };
}

/** Names what went wrong. */
export type ErrorCode = keyof ErrorDetails;
