import type { Matcher } from '../catalog/matcher.js';
import type { LearnerState } from '../model/learner.js';
import { type DiffResult, diff as diffOf, type Scope } from '../reconcile/diff.js';
import { readIds } from '../validate/ids.js';
import { parse } from '../validate/issues.js';
import { at } from '../validate/place.js';
import { rowOf } from '../validate/row.js';
import { checkStateShapes, checkStates } from '../validate/state.js';
import { checkMatcher } from './check-matcher.js';
import { validateOnError } from './explained.js';

/**
 * Returns how what these learners should hold differs from what they hold, on every course or on the courses in scope.
 * Pure, deterministic and minimal: after the diffs are applied with {@link project}, the next diff is empty (semantics §2–§4, §7.14).
 * Pass each learner once. Assignments on courses out of scope are ignored.
 * @throws `invalid_input` if the matcher, the states or the scope are invalid. A learner whose own row is malformed is blocked instead.
 */
export function diff(matcher: Matcher, states: readonly LearnerState[], scope?: Scope): DiffResult {
  const place = at(undefined, 'states');
  parse((issues) => {
    checkMatcher(matcher, at(undefined, 'matcher'), issues);
    checkStateShapes(states, place, issues);
    if (scope === undefined) return;
    const inScope = at(undefined, 'scope');
    const given = rowOf(scope, 'a scope: { courses }', inScope, issues);
    if (given) readIds(given.courses, at(inScope, 'courses'), issues);
  });
  return validateOnError(
    () => diffOf(matcher, states, scope),
    (issues) => checkStates(states, place, issues),
  );
}
