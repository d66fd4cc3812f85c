import { attempt } from '../errors/attempt.js';
import { SmartEnrolmentsError } from '../errors/smart-enrolments-error.js';
import type { CourseId, LinkId } from '../model/ids.js';
import type { Assignment } from '../model/learner.js';
import type { Program } from '../rules/program.js';
import { describe } from '../text/describe.js';
import type { CompiledSegments } from './compile-segments.js';
import type { BlockedLink, MatchedCourse, MatchedLink } from './matched-link.js';
import { isCompiled, type Matcher } from './matcher.js';
import type { Views } from './view.js';
import type { Workspace } from './workspace.js';

/** The internals of a {@link Matcher}. */
export interface CompiledCatalog extends Matcher {
  /** How inactive learners are treated. */
  readonly inactive: 'freeze' | 'unenrol';
  /** All rules, as steps over bitmaps. */
  readonly program: Program;
  /** The links by course, then id, by code point. */
  readonly links: readonly MatchedLink[];
  /** The index of each link in `links`. */
  readonly linkIndex: ReadonlyMap<LinkId, number>;
  /** For each link, the assignment of every learner in its audience; they share one object. */
  readonly pairs: readonly Assignment[];
  /** The views that diffs evaluate, by the courses asked for. */
  readonly views: Views;
  /** The buffers of diffs. */
  readonly workspace: Workspace;
  /** The courses that have links. */
  readonly courses: ReadonlyMap<CourseId, MatchedCourse>;
  /** For each link, its course. */
  readonly courseAt: readonly MatchedCourse[];
  /** For each link, the end (exclusive) of the links of its course; a typed array because it is read in a loop. */
  readonly courseEnds: Int32Array;
  /** The segments, each with the slot of its members. */
  readonly segments: CompiledSegments;
  /** The size of the program when it was last compiled from scratch. */
  readonly firstSize: number;
  /** The frozen links with their reasons, by id. */
  readonly blocked: readonly BlockedLink[];
}

/** What issues name as expected instead of a matcher. */
export const WHAT_COMPILE_RETURNS = 'what compile() of this copy of smart-enrolments/core returned';

/** Returns whether {@link compile} returned this value; false also for a value that throws when it is read. */
export function isCompiledCatalog(value: unknown): value is CompiledCatalog {
  return typeof value === 'object' && value !== null && attempt(() => isCompiled in value) === true;
}

/**
 * Returns the internals of a matcher; `name` is the name of the argument.
 * @throws `invalid_input` for a value that {@link compile} did not return.
 */
export function compiledOf(matcher: Matcher, name = 'matcher'): CompiledCatalog {
  const given: unknown = matcher;
  if (isCompiledCatalog(given)) return given;
  const message = `expected ${WHAT_COMPILE_RETURNS}, not ${describe(given)}`;
  throw new SmartEnrolmentsError('invalid_input', { issues: [{ code: 'wrong_type', path: [name], message }] });
}
