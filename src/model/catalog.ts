import type { CourseId, LearnerId, LinkId, SegmentId } from './ids.js';
import type { Field } from './learner.js';
import type { Rule } from './rule.js';

/** A named group: everyone whose profile satisfies its rule, plus everyone placed in it by hand. */
export interface Segment {
  readonly id: SegmentId;
  readonly title: string;
  /** No rule: only those placed. */
  readonly rule?: Rule;
}

/** The one enrolment method whose courses can be linked. */
export const BY_ASSIGNMENT_ONLY = 'by-assignment-only';

/** Something to be enrolled on. */
export interface Course {
  readonly id: CourseId;
  readonly title?: string;
  /** Only `by-assignment-only` courses can be linked; a link whose course changes its method is inert (semantics §6). */
  readonly enrolmentMethod: typeof BY_ASSIGNMENT_ONLY | (string & {});
}

/** "Everyone in this segment (and, if given, with this profile) takes this course." */
export interface Link {
  readonly id: LinkId;
  readonly segmentId: SegmentId;
  readonly courseId: CourseId;
  /** Narrows the segment: who also satisfies this rule. */
  readonly profile?: Rule;
}

/**
 * What an edit leaves to be settled: the links it concerns, their courses, and how far it has come.
 * First whoever holds one of the links (`holders`), then whoever should (`audience`), each in the store's order of ids.
 */
export interface Unsettled {
  readonly links: readonly LinkId[];
  readonly courses: readonly CourseId[];
  readonly pass: 'holders' | 'audience';
  /** The last learner settled in this pass. */
  readonly after?: LearnerId;
}

/** Unsettled work as stored: identified by the revision whose commit left it. */
export interface UnsettledWork extends Unsettled {
  readonly revision: number;
}

/** Everything admins edit, and what of the host's own it depends on. */
export interface Catalog {
  /** Counts commits; courses and fields change without it. */
  readonly revision: number;
  /** The profile fields that the host declares. Absent: it declares none and any may be named. */
  readonly fields?: readonly Field[];
  readonly courses: readonly Course[];
  readonly segments: readonly Segment[];
  readonly links: readonly Link[];
  readonly unsettled: readonly UnsettledWork[];
}

/** One change to the catalog. */
export type Edit =
  /** Creates or replaces a segment. */
  | { readonly type: 'saveSegment'; readonly segment: Segment }
  /** Deletes a segment; refused while links or rules refer to it. */
  | { readonly type: 'deleteSegment'; readonly segmentId: SegmentId }
  /** Creates a link, or changes the profile rule of one. */
  | { readonly type: 'link'; readonly link: Link }
  /** Removes a link: everyone it holds is released, completed courses are archived. */
  | { readonly type: 'unlink'; readonly linkId: LinkId };

/** A list of edits boiled down to what a store has to save and delete. */
export interface CatalogChange {
  readonly saveSegments: readonly Segment[];
  readonly deleteSegments: readonly SegmentId[];
  readonly saveLinks: readonly Link[];
  readonly deleteLinks: readonly LinkId[];
}
