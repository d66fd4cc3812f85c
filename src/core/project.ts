import type { LearnerDiff } from '../model/diff.js';
import type { LearnerState } from '../model/learner.js';
import { project as projectStates } from '../reconcile/project.js';
import { type Issues, parse } from '../validate/issues.js';
import { checkList } from '../validate/list.js';
import { at, type Place } from '../validate/place.js';
import { type Row, rowOf } from '../validate/row.js';
import { checkRows, checkStateShapes, checkStates } from '../validate/state.js';
import { validateOnError } from './explained.js';

/**
 * Returns the states after the diffs are applied: assignments and training records, each in order (semantics §4).
 * @throws `invalid_input` if `states` is not a list of states, or `diffs` is not a list of diffs.
 */
export function project(states: readonly LearnerState[], diffs: readonly LearnerDiff[]): LearnerState[] {
  const place = at(undefined, 'states');
  parse((issues) => {
    checkStateShapes(states, place, issues);
    checkList(diffs, Number.POSITIVE_INFINITY, at(undefined, 'diffs'), issues, (diff, here) =>
      checkDiff(diff, here, issues),
    );
  });
  return validateOnError(
    () => projectStates(states, diffs),
    (issues) => checkStates(states, place, issues),
  );
}

function checkDiff(value: unknown, place: Place, issues: Issues): void {
  const diff = rowOf(value, "a learner's diff", place, issues);
  if (!diff) return;
  if (typeof diff.learnerId !== 'string') issues.wrongType('an id (text)', diff.learnerId, at(place, 'learnerId'));
  for (const [name, texts] of LISTS) checkRows(diff as Row, name, texts, place, issues);
}

const LISTS = [
  ['assigned', ['courseId', 'linkId']],
  ['released', ['courseId', 'linkId']],
  ['enrolled', ['courseId', 'training']],
  ['unenrolled', ['courseId', 'training']],
] as const;
