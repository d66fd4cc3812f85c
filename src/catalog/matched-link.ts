import type { Link } from '../model/catalog.js';
import type { Blocked, Enrolled } from '../model/diff.js';
import type { CourseId } from '../model/ids.js';
import type { Slot } from '../rules/step.js';

/** A course that has links. They are adjacent: from `from` to before `to`. */
export interface MatchedCourse {
  readonly courseId: CourseId;
  readonly from: number;
  readonly to: number;
  /** The enrolments on this course; all learners share the objects. */
  readonly start: Enrolled;
  readonly resume: Enrolled;
}

/** A link ready to be matched. */
export interface MatchedLink {
  readonly link: Link;
  /** The slot of its audience; undefined if the audience cannot be evaluated. */
  readonly audience: Slot | undefined;
  /** Whether the link is inert or broken: it keeps the learners that it holds. */
  readonly frozen: boolean;
}

/** A frozen link, with the reason and its course. */
export interface BlockedLink {
  readonly courseId: CourseId;
  readonly blocked: Blocked;
}
