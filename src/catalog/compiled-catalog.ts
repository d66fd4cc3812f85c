import { SmartEnrolmentsError } from '../errors.js';
import { attempt } from '../model/attempt.js';
import type { Link } from '../model/catalog.js';
import { describe } from '../model/describe.js';
import type { Blocked, Enrolled } from '../model/diff.js';
import type { CourseId, LinkId } from '../model/ids.js';
import type { Assignment } from '../model/learner.js';
import type { Program, Slot } from '../rules/program.js';
import type { CompiledSegments } from './compile-segments.js';
import { isCompiled, type Matcher } from './matcher.js';
import type { Views } from './view.js';
import type { Workspace } from './workspace.js';

/** What a {@link Matcher} is inside. */
export interface CompiledCatalog extends Matcher {
  /** What an inactive learner means. */
  readonly inactive: 'freeze' | 'unenrol';
  /** All rules, as steps over bitmaps. */
  readonly program: Program;
  /** The links by course, then id, by code point. */
  readonly links: readonly MatchedLink[];
  /** Where each link stands in `links`. */
  readonly linkIndex: ReadonlyMap<LinkId, number>;
  /** For each link what a learner in its audience holds; one object for all of them. */
  readonly pairs: readonly Assignment[];
  /** What a diff looks at of the catalog, by the courses asked for. */
  readonly views: Views;
  /** What a diff works in. */
  readonly workspace: Workspace;
  /** The courses that have links. */
  readonly courses: ReadonlyMap<CourseId, MatchedCourse>;
  /** For each link its course. */
  readonly courseAt: readonly MatchedCourse[];
  /** For each link before which link its course ends, as numbers that a loop reads quickly. */
  readonly courseEnds: Int32Array;
  /** The segments, each with the slot of its members. */
  readonly segments: CompiledSegments;
  /** The size of the program when it was last compiled from the beginning. */
  readonly firstSize: number;
  /** The links that are frozen, with the reasons, by id. */
  readonly blocked: readonly BlockedLink[];
}

/** What messages expect where it is not there. */
export const WHAT_COMPILE_RETURNS = 'what compile() of this copy of smart-enrolments/core returned';

/** Whether this is what {@link compile} returned; false also for what throws when it is read. */
export function isCompiledCatalog(value: unknown): value is CompiledCatalog {
  return typeof value === 'object' && value !== null && attempt(() => isCompiled in value) === true;
}

/**
 * Returns what a matcher is inside; `name` is the argument's.
 * @throws `invalid_input` for anything that {@link compile} did not return.
 */
export function compiledOf(matcher: Matcher, name = 'matcher'): CompiledCatalog {
  const given: unknown = matcher;
  if (isCompiledCatalog(given)) return given;
  const message = `expected ${WHAT_COMPILE_RETURNS}, not ${describe(given)}`;
  throw new SmartEnrolmentsError('invalid_input', { issues: [{ code: 'wrong_type', path: [name], message }] });
}

/** A course that has links: they stand together, from the first to before the last. */
export interface MatchedCourse {
  readonly courseId: CourseId;
  readonly from: number;
  readonly to: number;
  /** What enrolling on it means; one object for all learners. */
  readonly start: Enrolled;
  readonly resume: Enrolled;
}

/** A link ready to be matched. */
export interface MatchedLink {
  readonly link: Link;
  /** The slot of its audience; undefined where it cannot be evaluated. */
  readonly audience: Slot | undefined;
  /** Inert or broken: keeps what it has. */
  readonly frozen: boolean;
}

/** A frozen link, why, and on which course. */
export interface BlockedLink {
  readonly courseId: CourseId;
  readonly blocked: Blocked;
}
