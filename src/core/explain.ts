import type { Matcher } from '../catalog/matcher.js';
import type { Explanation } from '../model/diff.js';
import type { CourseId } from '../model/ids.js';
import type { LearnerState } from '../model/learner.js';
import { explain as explainState } from '../reconcile/explain/explain.js';
import { isId } from '../validate/id.js';
import { parse } from '../validate/issues.js';
import { at } from '../validate/place.js';
import { checkState } from '../validate/state.js';
import { checkMatcher } from './check-matcher.js';

/**
 * Returns why a learner is, or is not, enrolled on a course, what holds them, what fails, and what would end it (semantics §5).
 * Traces are evaluated recursively, for this learner alone; they show what the rules ask, never the profile's values.
 * @throws `invalid_input` if the matcher, the state or the course id is invalid.
 */
export function explain(matcher: Matcher, state: LearnerState, courseId: CourseId): Explanation {
  parse((issues) => {
    checkMatcher(matcher, at(undefined, 'matcher'), issues);
    checkState(state, at(undefined, 'state'), issues);
    isId(courseId, at(undefined, 'courseId'), issues);
  });
  return explainState(matcher, state, courseId);
}
