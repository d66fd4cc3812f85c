import type { Edit, Link, Segment } from './catalog.js';
import type { CourseId, FieldId, Fingerprint, LearnerId, LinkId, OperationId, SegmentId } from './ids.js';
import type { Assignment } from './learner.js';
import type { Condition } from './rule.js';

/** Why something ended, read from state: its link is gone, or the learner left the audience. `unlinked` wins (semantics §4). */
export type Cause = 'left-segment' | 'unlinked';

/** An assignment that ends. */
export interface Released extends Assignment {
  /** Why it ends. */
  readonly cause: Cause;
}

/** An enrolment that starts, and what it means for the training record: a new one, or the one that is there. */
export interface Enrolled {
  /** The course that the learner is enrolled on from now. */
  readonly courseId: CourseId;
  /** `start` a record, or `resume` the one that is there (semantics §4). */
  readonly training: 'start' | 'resume';
}

/** An enrolment that ends, and what it means for the training record: kept, or (completed and unlinked) archived. */
export interface Unenrolled {
  /** The course that the learner is no longer on. */
  readonly courseId: CourseId;
  /** `keep` the record, or `archive` it: completed, and the course unlinked (semantics §4). */
  readonly training: 'keep' | 'archive';
  /** Why it ended; `unlinked` if any of its assignments did. */
  readonly cause: Cause;
}

/** A course that lost a holding link while others, or an individual enrolment, still hold it. */
export interface Kept {
  /** The course that goes on without a gap. */
  readonly courseId: CourseId;
  /** The links that hold it now. */
  readonly by: readonly LinkId[];
  /** Whether an individual enrolment holds it. */
  readonly individual: boolean;
}

/**
 * What changes for one learner; nothing that stays is mentioned (semantics §3, §7.14).
 * Assignments (learner × link) are the provenance, enrolments (learner × course) what the learner notices.
 * Lists are ordered by course id, then link id, by code point.
 */
export interface LearnerDiff {
  /** For whom it is. */
  readonly learnerId: LearnerId;
  /** Smart assignments that start. Stored before those that end (semantics §7.11). */
  readonly assigned: readonly Assignment[];
  /** Smart assignments that end. */
  readonly released: readonly Released[];
  /** Enrolments that start: what the learner notices. */
  readonly enrolled: readonly Enrolled[];
  /** Enrolments that end: what the learner notices. */
  readonly unenrolled: readonly Unenrolled[];
  /** Enrolments that lost a link and stay. */
  readonly kept: readonly Kept[];
}

/** What could not be decided, and so was left as it is (semantics §6). The reason is one English sentence, and never a profile value. */
export type Blocked =
  /** A link that is inert or broken: it keeps the learners it holds, and enrols no others. */
  | { readonly kind: 'inert-link' | 'broken-link'; readonly linkId: LinkId; readonly reason: string }
  /** A learner who is malformed, unreadable or inactive: they keep what they have, and gain nothing. */
  | { readonly kind: 'invalid-learner' | 'inactive-learner'; readonly learnerId: LearnerId; readonly reason: string };

/** How many enrolments started and ended on one course. */
export interface CourseSummary {
  /** Which course. */
  readonly courseId: CourseId;
  /** Enrolments that start. */
  readonly enrolled: number;
  /** Those of them that meet a training record. */
  readonly resumed: number;
  /** Enrolments that end. */
  readonly unenrolled: number;
  /** Those of them that archive a completed record. */
  readonly archived: number;
}

/** An operation's diffs, counted. */
export interface Summary {
  /** Learners for whom something changes, once for each outstanding edit that is settled. */
  readonly learners: number;
  /** Smart assignments that start. */
  readonly assigned: number;
  /** Smart assignments that end. */
  readonly released: number;
  /** Enrolments that start; `resumed` of them meet a training record. */
  readonly enrolled: number;
  /** Enrolments that start and resume a record; counted in `enrolled` too. */
  readonly resumed: number;
  /** Enrolments that end; `archived` of them archive a completed record. */
  readonly unenrolled: number;
  /** Enrolments that end and archive a record; counted in `unenrolled` too. */
  readonly archived: number;
  /** Enrolments that lost a holding link and stay. */
  readonly kept: number;
  /** Courses with a start or an end, by id. */
  readonly courses: readonly CourseSummary[];
  /** The first 100, links before learners, each by id; `blockedTotal` counts all. */
  readonly blocked: readonly Blocked[];
  /** How many are blocked in all, those included that `blocked` leaves out. */
  readonly blockedTotal: number;
}

/** A removal limit, and what an operation would have removed. */
export interface LimitExceeded {
  /** Which limit of the options. */
  readonly limit: 'unenrolments' | 'archives';
  /** The highest count that passes unconfirmed. */
  readonly allowed: number;
  /** How many the operation would have removed. */
  readonly found: number;
}

/** What an operation would do. */
export interface Preview {
  /** Identifies exactly this operation with exactly these diffs; what `confirm` takes. */
  readonly fingerprint: Fingerprint;
  /** What it would do, counted. */
  readonly summary: Summary;
  /** The removal limits that it would exceed: then it has to be confirmed. Empty: it passes (semantics §6). */
  readonly exceeds: readonly LimitExceeded[];
}

/** A preview of edits: plain JSON that may wait for approval. */
export interface Plan extends Preview {
  /** How it is written. A plan in a format that this version does not know is stale. */
  readonly format: 1;
  /** The edits, as they were given. */
  readonly edits: readonly Edit[];
  /** The catalog's revision it was made on. */
  readonly revision: number;
}

/** What an operation did. */
export interface Outcome {
  /** The revision of the catalog that it ended on: of the one that decided last or, where nobody was looked at, of the one in force. */
  readonly revision: number;
  /** What was done, counted. */
  readonly summary: Summary;
  /** The operation's id, under which a store keeps what it did. Absent where it changed nothing, and of `settle`. */
  readonly operation?: OperationId;
  /** Work that earlier edits left and that could not be settled yet, in order of revisions; empty when all is settled (semantics §6). */
  readonly outstanding: readonly OutstandingWork[];
  /** Of a notice: ids of no learner, that hold nothing, by id. Absent where there are none. */
  readonly unknown?: readonly LearnerId[];
}

/** A piece of work that an edit left, and why it could not be settled. */
export interface OutstandingWork {
  /** The operation whose commit left the work. */
  readonly operation: OperationId;
  /** What stopped it last. */
  readonly error: unknown;
}

/**
 * A rule's tree with what held. A leaf repeats what was asked and says whether the value was blank;
 * it never shows more of the profile than the rule names.
 */
export type Trace =
  | { readonly holds: boolean; readonly all: readonly Trace[] }
  | { readonly holds: boolean; readonly any: readonly Trace[] }
  | { readonly holds: boolean; readonly not: Trace }
  | { readonly holds: true; readonly everyone: true }
  /** `placed`: by hand; `rule`: the segment's own where it has one, written out where the segment stands first. */
  | { readonly holds: boolean; readonly segment: SegmentId; readonly placed: boolean; readonly rule?: Trace }
  | {
      readonly holds: boolean;
      readonly field: FieldId;
      readonly op: Condition['op'];
      /** What was asked for; absent for `blank`. */
      readonly value?: string | number | boolean | readonly string[] | readonly number[];
      /** Whether the learner's value is blank. */
      readonly blank: boolean;
    };

/** A link that holds the learner on the course. */
export interface Hold {
  /** The link that holds. */
  readonly linkId: LinkId;
  /** Absent: the link is gone, and the learner not yet settled. */
  readonly link?: Link;
  /** The link's segment; absent where the link is gone. */
  readonly segment?: Segment;
  /** Why the learner is in the link's audience, or no longer is; absent where it cannot be evaluated. */
  readonly trace?: Trace;
}

/** A link to the course that does not hold the learner. */
export interface Miss {
  /** The link that does not hold. */
  readonly link: Link;
  /** Its segment. */
  readonly segment: Segment;
  /** What of its rules holds, and what does not. */
  readonly trace: Trace;
  /** The least that fails: what would have to be otherwise for the link to hold. Empty: the rules hold, and so will the link once an active learner is looked at. */
  readonly failing: readonly Trace[];
}

/** What would end an enrolment, since no single learner can be unenrolled from a smart one (semantics §5). */
export type Remedy =
  | { readonly type: 'leave-segment'; readonly segmentId: SegmentId }
  | { readonly type: 'unlink'; readonly linkId: LinkId }
  | { readonly type: 'individual' };

/** Why a learner is, or is not, enrolled on a course. */
export interface Explanation {
  /** Who was asked about; perhaps nobody whom the host knows. */
  readonly learnerId: LearnerId;
  /** Which course was asked about; perhaps none that the host has. */
  readonly courseId: CourseId;
  /** Whether anything holds the learner on it: a link, or an individual enrolment. */
  readonly enrolled: boolean;
  /** Whether an individual enrolment holds the learner. */
  readonly individual: boolean;
  /** The links that hold the learner on it, by id. */
  readonly holds: readonly Hold[];
  /** The other links to the course that are not frozen, by id; none where the learner is malformed, or not there. */
  readonly misses: readonly Miss[];
  /** What is frozen of the learner and of the links to the course. */
  readonly blocked: readonly Blocked[];
  /** Whether the learner can be unenrolled one by one, and what would end it instead (semantics §5). */
  readonly unenrol: {
    /** True only where nothing but the individual enrolment holds. */
    readonly allowed: boolean;
    /** What would end it: segments to leave, links to remove, the individual enrolment. */
    readonly remedies: readonly Remedy[];
  };
  /** One English paragraph of the above. */
  readonly text: string;
}
