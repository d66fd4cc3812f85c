import type { Edit, Link, Segment } from './catalog.js';
import type { CourseId, FieldId, Fingerprint, LearnerId, LinkId, OperationId, SegmentId } from './ids.js';
import type { Assignment } from './learner.js';
import type { Condition } from './rule.js';

/** Why something ended, derived from the current state: its link was removed, or the learner left the audience. `unlinked` wins (semantics §4). */
export type Cause = 'left-segment' | 'unlinked';

/** An assignment that ends. */
export interface Released extends Assignment {
  /** Why it ends. */
  readonly cause: Cause;
}

/** An enrolment that starts, and its training record: a new one or the existing one. */
export interface Enrolled {
  /** The course that the learner is enrolled on. */
  readonly courseId: CourseId;
  /** `start` a new record, or `resume` the existing one (semantics §4). */
  readonly training: 'start' | 'resume';
}

/** An enrolment that ends, and what happens to its training record. */
export interface Unenrolled {
  /** The course that the learner is no longer enrolled on. */
  readonly courseId: CourseId;
  /** `keep` the record, or `archive` it if it is completed and the course was unlinked (semantics §4). */
  readonly training: 'keep' | 'archive';
  /** Why it ended; `unlinked` if any of its assignments did. */
  readonly cause: Cause;
}

/** An enrolment that lost a link and continues, because another link or an individual enrolment still holds it. */
export interface Kept {
  /** The course that the learner stays enrolled on, without a gap. */
  readonly courseId: CourseId;
  /** The links that hold the enrolment now. */
  readonly by: readonly LinkId[];
  /** Whether an individual enrolment holds it too. */
  readonly individual: boolean;
}

/**
 * What changes for one learner; what stays is left out (semantics §3, §7.14).
 * Assignments (learner × link) are the provenance; enrolments (learner × course) are what the learner notices.
 * Lists are ordered by course id, then link id, by code point.
 */
export interface LearnerDiff {
  /** The learner's id. */
  readonly learnerId: LearnerId;
  /** Smart assignments that start. Stored before those that end (semantics §7.11). */
  readonly assigned: readonly Assignment[];
  /** Smart assignments that end. */
  readonly released: readonly Released[];
  /** Enrolments that start: what the learner notices. */
  readonly enrolled: readonly Enrolled[];
  /** Enrolments that end: what the learner notices. */
  readonly unenrolled: readonly Unenrolled[];
  /** Enrolments that lost a link and continue. */
  readonly kept: readonly Kept[];
}

/** A link or a learner that could not be evaluated, and so was left unchanged (semantics §6). The reason is one English sentence without profile values. */
export type Blocked =
  /** A link that is inert or broken: it keeps the learners it holds, and enrols no others. */
  | { readonly kind: 'inert-link' | 'broken-link'; readonly linkId: LinkId; readonly reason: string }
  /** A learner who is malformed, unreadable or inactive: they keep what they hold, and gain nothing. */
  | { readonly kind: 'invalid-learner' | 'inactive-learner'; readonly learnerId: LearnerId; readonly reason: string };

/** How many enrolments started and ended on one course. */
export interface CourseSummary {
  /** The course's id. */
  readonly courseId: CourseId;
  /** Enrolments that start. */
  readonly enrolled: number;
  /** Enrolments that start and resume a training record; counted in `enrolled` too. */
  readonly resumed: number;
  /** Enrolments that end. */
  readonly unenrolled: number;
  /** Enrolments that end and archive a completed record; counted in `unenrolled` too. */
  readonly archived: number;
}

/** The totals of an operation's diffs. */
export interface Summary {
  /** Learners with a change; counted once for each outstanding edit that is settled. */
  readonly learners: number;
  /** Smart assignments that start. */
  readonly assigned: number;
  /** Smart assignments that end. */
  readonly released: number;
  /** Enrolments that start; `resumed` of them resume a training record. */
  readonly enrolled: number;
  /** Enrolments that start and resume a record; counted in `enrolled` too. */
  readonly resumed: number;
  /** Enrolments that end; `archived` of them archive a completed record. */
  readonly unenrolled: number;
  /** Enrolments that end and archive a record; counted in `unenrolled` too. */
  readonly archived: number;
  /** Enrolments that lost a link and continue. */
  readonly kept: number;
  /** Courses with a start or an end, by id. */
  readonly courses: readonly CourseSummary[];
  /** The first 100 blocked links and learners: links first, each in order of ids. `blockedTotal` counts all. */
  readonly blocked: readonly Blocked[];
  /** The number of all blocked links and learners, including those that `blocked` leaves out. */
  readonly blockedTotal: number;
}

/** A removal limit that an operation exceeds. */
export interface LimitExceeded {
  /** The key of the limit in the options. */
  readonly limit: 'unenrolments' | 'archives';
  /** The highest count that is allowed without confirmation. */
  readonly allowed: number;
  /** How many the operation would remove. */
  readonly found: number;
}

/** What an operation would do. */
export interface Preview {
  /** Identifies exactly this operation with exactly these diffs. Pass it as `confirm`. */
  readonly fingerprint: Fingerprint;
  /** The totals of what it would do. */
  readonly summary: Summary;
  /** The removal limits that it would exceed; then it must be confirmed. Empty: no confirmation is necessary (semantics §6). */
  readonly exceeds: readonly LimitExceeded[];
}

/** A preview of edits: plain JSON that can be stored until it is approved. */
export interface Plan extends Preview {
  /** The version of the plan's format. A plan in a format that this version does not know is stale. */
  readonly format: 1;
  /** The edits that were previewed. */
  readonly edits: readonly Edit[];
  /** The catalog's revision at the time of the preview. */
  readonly revision: number;
}

/** What an operation did. */
export interface Outcome {
  /** The revision of the catalog that the last learners were evaluated with or, if no learner was evaluated, the current revision. */
  readonly revision: number;
  /** The totals of what was done. */
  readonly summary: Summary;
  /** The id of the operation, which the store is given with every commit and write. Absent if nothing changed, and for `settle`. */
  readonly operation?: OperationId;
  /** Work of earlier edits that could not be settled yet, in order of revisions; empty when all is settled (semantics §6). */
  readonly outstanding: readonly OutstandingWork[];
  /** Only of a notice: the given ids that belong to no learner and hold nothing, in order. Absent if there are none. */
  readonly unknown?: readonly LearnerId[];
}

/** A piece of work that an edit left, and why it could not be settled. */
export interface OutstandingWork {
  /** The operation whose commit left the work. */
  readonly operation: OperationId;
  /** The error of the last attempt. */
  readonly error: unknown;
}

/**
 * A rule's tree with the result of each part. A leaf repeats the condition and reports whether the value was blank;
 * it never shows more of the profile than the rule names.
 */
export type Trace =
  | { readonly holds: boolean; readonly all: readonly Trace[] }
  | { readonly holds: boolean; readonly any: readonly Trace[] }
  | { readonly holds: boolean; readonly not: Trace }
  | { readonly holds: true; readonly everyone: true }
  /** `placed`: by hand. `rule`: the segment's own rule, if it has one; present only where the segment appears first. */
  | { readonly holds: boolean; readonly segment: SegmentId; readonly placed: boolean; readonly rule?: Trace }
  | {
      readonly holds: boolean;
      readonly field: FieldId;
      readonly op: Condition['op'];
      /** The value of the condition; absent for `blank`. */
      readonly value?: string | number | boolean | readonly string[] | readonly number[];
      /** Whether the learner's value is blank. */
      readonly blank: boolean;
    };

/** A link that holds the learner on the course. */
export interface Hold {
  /** The link that holds. */
  readonly linkId: LinkId;
  /** The link. Absent: it was removed, and the learner is not settled yet. */
  readonly link?: Link;
  /** The link's segment; absent if the link was removed. */
  readonly segment?: Segment;
  /** Why the learner is, or is no longer, in the link's audience; absent if it cannot be evaluated. */
  readonly trace?: Trace;
}

/** A link to the course that does not hold the learner. */
export interface Miss {
  /** The link that does not hold. */
  readonly link: Link;
  /** Its segment. */
  readonly segment: Segment;
  /** Which parts of its rules hold, and which do not. */
  readonly trace: Trace;
  /** The smallest failing parts: what would have to change for the link to hold. Empty: the rules hold, and the link will hold the learner at the next evaluation if they are active. */
  readonly failing: readonly Trace[];
}

/** What would end an enrolment, because a single learner cannot be unenrolled from a smart enrolment (semantics §5). */
export type Remedy =
  | { readonly type: 'leave-segment'; readonly segmentId: SegmentId }
  | { readonly type: 'unlink'; readonly linkId: LinkId }
  | { readonly type: 'individual' };

/** Why a learner is, or is not, enrolled on a course. */
export interface Explanation {
  /** The given learner's id; the learner may not exist. */
  readonly learnerId: LearnerId;
  /** The given course's id; the course may not exist. */
  readonly courseId: CourseId;
  /** Whether a link or an individual enrolment holds the learner on the course. */
  readonly enrolled: boolean;
  /** Whether an individual enrolment holds the learner. */
  readonly individual: boolean;
  /** The links that hold the learner on the course, in order of ids. */
  readonly holds: readonly Hold[];
  /** The other links to the course that are not frozen, in order of ids; none if the learner is malformed or does not exist. */
  readonly misses: readonly Miss[];
  /** What is blocked: the learner, and links to the course. */
  readonly blocked: readonly Blocked[];
  /** Whether this learner alone can be unenrolled, and what would end the enrolment (semantics §5). */
  readonly unenrol: {
    /** True only if nothing but an individual enrolment holds the learner. */
    readonly allowed: boolean;
    /** What would end the enrolment: segments to leave, links to remove, the individual enrolment. */
    readonly remedies: readonly Remedy[];
  };
  /** All of the above as one English paragraph. */
  readonly text: string;
}
