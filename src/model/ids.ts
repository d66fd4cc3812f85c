declare const kind: unique symbol;

/** A string typed by what it identifies: a plain string is accepted, an id of another kind is not. */
export type Id<Kind extends string> = string & { readonly [kind]?: Kind };

/** Identifies a learner; any string of at most 1,000 characters. */
export type LearnerId = Id<'learner'>;
/** Identifies a segment. */
export type SegmentId = Id<'segment'>;
/** Identifies a course. */
export type CourseId = Id<'course'>;
/** Identifies a link. */
export type LinkId = Id<'link'>;
/** Identifies a profile field: the key of {@link Profile}. */
export type FieldId = Id<'field'>;
/** Identifies one operation that changed the catalog or learners. */
export type OperationId = Id<'operation'>;
/** Identifies one plan: the same edits with the same diffs over the same catalog give the same fingerprint. */
export type Fingerprint = Id<'fingerprint'>;
