import type { CourseId, FieldId, LearnerId, LinkId, SegmentId } from './ids.js';

/** One value of a profile field. A date is ISO 8601 text: `2026-03-01`, or an instant with its offset. */
export type Scalar = string | number | boolean | null | undefined;

/** A learner's profile: custom field → value, or a list of values. Only own properties count. */
export interface Profile {
  readonly [field: FieldId]: Scalar | readonly Scalar[];
}

/** A learner, as the host stores them. */
export interface Learner {
  /** A permanent id, not an address that may change. */
  readonly id: LearnerId;
  /** Their custom fields. */
  readonly profile: Profile;
  /** The segments they were placed in by hand. A segment that does not exist yet counts once it exists. */
  readonly segments?: readonly SegmentId[];
  /** `false` freezes the learner or takes them out of every audience, depending on the option `inactive`. Defaults to `true`. */
  readonly active?: boolean;
}

/** A learner whose row the store cannot read. The learner is blocked as `invalid-learner`; all others proceed (semantics §6). */
export interface UnreadableLearner {
  /** The learner's id. */
  readonly id: LearnerId;
  /** Why the row cannot be read: one English sentence that contains no profile value. */
  readonly unreadable: string;
}

/** The type of a declared profile field. */
export type FieldType = 'text' | 'number' | 'boolean' | 'date';

/** One profile field that the host declares. */
export interface Field {
  /** The key in {@link Profile}. */
  readonly id: FieldId;
  /** The name that admins see. */
  readonly title?: string;
  /** The type of its values, which determines the operators (semantics §7.4). */
  readonly type: FieldType;
}

/** One learner held on one course by one link: the only thing this library creates or removes. */
export interface Assignment {
  /** The course that it holds the learner on. */
  readonly courseId: CourseId;
  /** The link that holds the learner. */
  readonly linkId: LinkId;
  /** The link's segment. It is stored so that a release can name it after the link is deleted. Empty for links removed before tables of step 2. */
  readonly segmentId: SegmentId;
}

/** The host's record of progress on a course. The library never sees archived records. */
export interface TrainingRecord {
  /** The course. */
  readonly courseId: CourseId;
  /** The progress of the learner. */
  readonly status: 'in-progress' | 'completed';
}

/** What one learner holds, without their profile. */
export interface Holdings {
  /** The learner's id. */
  readonly learnerId: LearnerId;
  /** Smart assignments. */
  readonly assignments: readonly Assignment[];
  /** Courses on which anything other than this library enrolled them. */
  readonly individual: readonly CourseId[];
  /** Training records that are not archived. Several on one course count as one, completed if any of them is (semantics §4). */
  readonly training: readonly TrainingRecord[];
}

/** Holdings that the store cannot read. Their learner is blocked as `invalid-learner`; all others proceed (semantics §6). */
export interface UnreadableHoldings {
  /** The learner's id. */
  readonly learnerId: LearnerId;
  /** Why the rows cannot be read: one English sentence that contains no profile value. */
  readonly unreadable: string;
}

/** What is known about one learner. */
export interface LearnerState extends Holdings {
  /** The learner. Absent: the host has no learner with this id, or no longer has. */
  readonly learner?: Learner;
  /** Why the store could not read the learner or their holdings. The learner is blocked with this reason. Absent: everything was read. */
  readonly unreadable?: string;
}
