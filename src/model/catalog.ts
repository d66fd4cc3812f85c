import type { CourseId, LearnerId, LinkId, SegmentId } from './ids.js';
import type { Field } from './learner.js';
import type { Operation } from './operation.js';
import type { Rule } from './rule.js';

/** A named group: all learners whose profile satisfies its rule, plus all who are placed in it by hand. */
export interface Segment {
  /** Identifies the segment; links and rules refer to it. */
  readonly id: SegmentId;
  /** The name that admins see; text of up to 10,000 characters. */
  readonly title: string;
  /** Absent: only learners placed by hand. */
  readonly rule?: Rule;
}

/** The one enrolment method whose courses can be linked. */
export const BY_ASSIGNMENT_ONLY = 'by-assignment-only';

/** A course that learners can be enrolled on. */
export interface Course {
  /** Identifies the course. */
  readonly id: CourseId;
  /** The name that admins and learners see. Defaults to the id. */
  readonly title?: string;
  /** Only `by-assignment-only` courses can be linked. A link whose course changes its method is inert (semantics §6). */
  readonly enrolmentMethod: typeof BY_ASSIGNMENT_ONLY | (string & {});
}

/** "All members of this segment who satisfy this rule, if there is one, take this course." */
export interface Link {
  /** Identifies the link, together with its segment and course (semantics §7.8). */
  readonly id: LinkId;
  /** The segment that takes the course. */
  readonly segmentId: SegmentId;
  /** The course; it must be by assignment only when the link is made. */
  readonly courseId: CourseId;
  /** Narrows the segment: only members who also satisfy this rule. */
  readonly rule?: Rule;
  /** Data that the host stores with the link (a role, a due date, …); no decision depends on it. */
  readonly data?: LinkData;
}

/** A JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A JSON object of up to 10 kB of UTF-8; only the host interprets it (semantics §1). */
export interface LinkData {
  readonly [key: string]: Json;
}

/** A segment as an edit saves it: keys that are left out keep their value (semantics §5). */
export interface SegmentPatch {
  /** The id of an existing or a new segment. */
  readonly id: SegmentId;
  /** The name that admins see. Defaults to the id for a new segment. */
  readonly title?: string;
  /** The segment's rule, or `null` for learners placed by hand only. Required for a new segment. If left out, an existing segment keeps its rule; `null` removes it. */
  readonly rule?: Rule | null;
}

/** A link as an edit saves it: keys that are left out keep their value, and `null` clears them (semantics §5). */
export interface LinkPatch {
  /** The id of an existing or a new link. Its segment and course can never change. */
  readonly id: LinkId;
  /** The segment that takes the course. */
  readonly segmentId: SegmentId;
  /** The course; it must be by assignment only when the link is made. */
  readonly courseId: CourseId;
  /** Narrows the segment: only members who also satisfy this rule. `null`: the whole segment. If left out, an existing link keeps its rule. */
  readonly rule?: Rule | null;
  /** Data that the host stores with the link. `null`: none. */
  readonly data?: LinkData | null;
}

/** A part of a piece of work: the learners of one of its two passes whose ids follow `after` and do not follow `upTo`, in the store's order. */
export interface UnsettledRange {
  /** `holders`: learners who hold one of the links. `audience`: learners who should hold one. */
  readonly pass: 'holders' | 'audience';
  /** The last learner settled. Absent: none is settled yet. */
  readonly after?: LearnerId;
  /** The last learner of the range. Absent: the range has no end. Identifies the range, together with its pass. */
  readonly upTo?: LearnerId;
}

/** The work that a committed operation left: which learners are still to be settled, on which courses (semantics §6). */
export interface Unsettled {
  /** The operation whose commit left the work. No two pieces of work have the same one. */
  readonly operation: Operation;
  /** The links that the operation saved, changed or removed, or whose audience it changed. */
  readonly links: readonly LinkId[];
  /** The courses of these links: learners are evaluated on no others. */
  readonly courses: readonly CourseId[];
  /** The links that the operation removed, as they were. */
  readonly removedLinks: readonly Link[];
  /** The ranges that are left to settle; at least one. They may be settled in any order, by several processes. */
  readonly ranges: readonly UnsettledRange[];
}

/** Everything that admins edit, and the host's courses and fields that it depends on. */
export interface Catalog {
  /** The number of commits. Courses and fields may change without a new revision. */
  readonly revision: number;
  /** The profile fields that the host declares. Absent: none are declared, and rules may name any field. */
  readonly fields?: readonly Field[];
  /** All courses, in any order. */
  readonly courses: readonly Course[];
  /** All segments, in any order. */
  readonly segments: readonly Segment[];
  /** All links, in any order. */
  readonly links: readonly Link[];
  /** The work that committed operations have left, in any order; empty when all of it is settled. */
  readonly unsettled: readonly Unsettled[];
}

/** One change to the catalog. */
export type Edit = SaveSegmentEdit | DeleteSegmentEdit | LinkEdit | UnlinkEdit;

/** Creates a segment, or changes the given keys of one. */
export interface SaveSegmentEdit {
  /** The kind of edit. */
  readonly type: 'saveSegment';
  /** The segment's id, and the keys to save. */
  readonly segment: SegmentPatch;
}

/** Deletes a segment; rejected while links or rules refer to it. */
export interface DeleteSegmentEdit {
  /** The kind of edit. */
  readonly type: 'deleteSegment';
  /** The id of the segment to delete. */
  readonly segmentId: SegmentId;
}

/** Creates a link, or changes the given keys of one. */
export interface LinkEdit {
  /** The kind of edit. */
  readonly type: 'link';
  /** The link's id, and the keys to save. */
  readonly link: LinkPatch;
}

/** Removes a link: all learners it holds are released, and completed training records are archived. */
export interface UnlinkEdit {
  /** The kind of edit. */
  readonly type: 'unlink';
  /** The id of the link to remove. */
  readonly linkId: LinkId;
}

/** The net result of a list of edits: what a store has to save and delete. */
export interface CatalogChange {
  /** Segments to create or replace, each once. */
  readonly saveSegments: readonly Segment[];
  /** Segments to delete; no link or rule refers to them any more. */
  readonly deleteSegments: readonly SegmentId[];
  /** Links to create or replace, each once. */
  readonly saveLinks: readonly Link[];
  /** Links to delete. */
  readonly deleteLinks: readonly LinkId[];
}
