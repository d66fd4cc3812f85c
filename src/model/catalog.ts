import type { CourseId, LearnerId, LinkId, SegmentId } from './ids.js';
import type { Field } from './learner.js';
import type { Operation } from './operation.js';
import type { Rule } from './rule.js';

/** A named group: everyone whose profile satisfies its rule, plus everyone placed in it by hand. */
export interface Segment {
  /** Identifies it; kept for as long as links and rules refer to it. */
  readonly id: SegmentId;
  /** What admins read; text of up to 10,000 characters. */
  readonly title: string;
  /** No rule: only those placed. */
  readonly rule?: Rule;
}

/** The one enrolment method whose courses can be linked. */
export const BY_ASSIGNMENT_ONLY = 'by-assignment-only';

/** Something to be enrolled on. */
export interface Course {
  /** Identifies it. */
  readonly id: CourseId;
  /** What admins and learners read. Left out: the id stands for it. */
  readonly title?: string;
  /** Only `by-assignment-only` courses can be linked; a link whose course changes its method is inert (semantics §6). */
  readonly enrolmentMethod: typeof BY_ASSIGNMENT_ONLY | (string & {});
}

/** "Everyone in this segment (and, if given, who satisfies this rule) takes this course." */
export interface Link {
  /** Identifies it, together with its segment and course (semantics §7.8). */
  readonly id: LinkId;
  /** The segment that takes the course. */
  readonly segmentId: SegmentId;
  /** The course; it must be by assignment only when the link is made. */
  readonly courseId: CourseId;
  /** Narrows the segment: only members who also satisfy this rule. */
  readonly rule?: Rule;
  /** What the host keeps with the link (a role, a due date, …); no decision depends on it. */
  readonly data?: LinkData;
}

/** A JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A JSON object of up to 10 kB of UTF-8, of the host's own meaning (semantics §1). */
export interface LinkData {
  readonly [key: string]: Json;
}

/** A segment as an edit saves it: keys that are left out keep their value (semantics §5). */
export interface SegmentPatch {
  /** Which segment: an existing or a new one. */
  readonly id: SegmentId;
  /** What admins read. A new segment without it is called by its id. */
  readonly title?: string;
  /** The segment's rule; `null`: only those placed by hand. A new segment must have one of the two. Left out, an existing segment keeps its rule: write `null` to take it away. */
  readonly rule?: Rule | null;
}

/** A link as an edit saves it: keys that are left out keep their value, and `null` clears them (semantics §5). */
export interface LinkPatch {
  /** Which link: an existing or a new one. It names one segment and course for good. */
  readonly id: LinkId;
  /** The segment that takes the course. */
  readonly segmentId: SegmentId;
  /** The course; it must be by assignment only when the link is made. */
  readonly courseId: CourseId;
  /** Narrows the segment: only members who also satisfy this rule. `null`: the whole segment; left out, an existing link keeps its rule. */
  readonly rule?: Rule | null;
  /** What the host keeps with the link. `null`: nothing. */
  readonly data?: LinkData | null;
}

/** A part of a piece of work: the learners of one of its two passes whose ids follow `after` and do not follow `upTo`, in the store's order. */
export interface UnsettledRange {
  /** `holders`: learners who hold one of the links. `audience`: learners who should. */
  readonly pass: 'holders' | 'audience';
  /** The last learner settled. Absent: none is. */
  readonly after?: LearnerId;
  /** The last learner of the range. Absent: it has no end. Identifies the range, together with its pass. */
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
  /** What is left to do, at least one range. They may be settled in any order, by several processes. */
  readonly ranges: readonly UnsettledRange[];
}

/** Everything admins edit, and what of the host's own it depends on. */
export interface Catalog {
  /** Counts commits; courses and fields change without it. */
  readonly revision: number;
  /** The profile fields that the host declares. Absent: it declares none and any may be named. */
  readonly fields?: readonly Field[];
  /** All courses that there are, in any order. */
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

/** Creates a segment, or changes what it names of one. */
export interface SaveSegmentEdit {
  /** Tells the edits apart. */
  readonly type: 'saveSegment';
  /** Which segment, and what of it is saved. */
  readonly segment: SegmentPatch;
}

/** Deletes a segment; refused while links or rules refer to it. */
export interface DeleteSegmentEdit {
  /** Tells the edits apart. */
  readonly type: 'deleteSegment';
  /** Which segment. */
  readonly segmentId: SegmentId;
}

/** Creates a link, or changes what it names of one. */
export interface LinkEdit {
  /** Tells the edits apart. */
  readonly type: 'link';
  /** Which link, and what of it is saved. */
  readonly link: LinkPatch;
}

/** Removes a link: everyone it holds is released, completed courses are archived. */
export interface UnlinkEdit {
  /** Tells the edits apart. */
  readonly type: 'unlink';
  /** Which link. */
  readonly linkId: LinkId;
}

/** A list of edits boiled down to what a store has to save and delete. */
export interface CatalogChange {
  /** Segments to create or replace, each once. */
  readonly saveSegments: readonly Segment[];
  /** Segments to delete; nothing refers to them any more. */
  readonly deleteSegments: readonly SegmentId[];
  /** Links to create or replace, each once. */
  readonly saveLinks: readonly Link[];
  /** Links to delete. */
  readonly deleteLinks: readonly LinkId[];
}
