import type { Issues } from './issues.js';
import { checkList } from './list.js';
import { at, type Place } from './place.js';
import { isText, type Row, rowOf } from './row.js';
import { LIST_LENGTH } from './size-limits.js';

/**
 * Adds the issues in the outer shape of learners' states: the list, ids, and that lists are lists. This is fast enough for every diff;
 * {@link checkState} checks the contents of the lists.
 */
export function checkStateShapes(states: unknown, place: Place, issues: Issues): void {
  if (!Array.isArray(states)) {
    issues.wrongType('a list of states', states, place);
    return;
  }
  for (let i = 0; i < states.length && !issues.full(); i++) {
    if (!hasValidShape(states[i])) checkState(states[i], at(place, i), issues);
  }
}

function hasValidShape(state: unknown): boolean {
  if (typeof state !== 'object' || state === null) return false;
  const { learnerId, assignments, individual, training } = state as Row;
  return typeof learnerId === 'string' && isList(assignments) && isList(individual) && isList(training);
}

function isList(value: unknown): boolean {
  return Array.isArray(value) && value.length <= LIST_LENGTH;
}

/** Adds the issues of a list of learners' states. */
export function checkStates(states: unknown, place: Place, issues: Issues): void {
  checkList(states, Number.POSITIVE_INFINITY, place, issues, (state, here) => checkState(state, here, issues));
}

/** Adds the issues of a learner's state. The diff blocks a learner whose own row is malformed. */
export function checkState(value: unknown, place: Place, issues: Issues): void {
  const state = rowOf(value, "a learner's state", place, issues);
  if (!state) return;
  isText(state, 'learnerId', place, issues);
  if (state.learner !== undefined) rowOf(state.learner, 'a learner', at(place, 'learner'), issues);
  checkRows(state, 'assignments', ['courseId', 'linkId', 'segmentId'], place, issues);
  checkList(state.individual, LIST_LENGTH, at(place, 'individual'), issues, (id, here) => {
    if (typeof id !== 'string') issues.wrongType('an id (text)', id, here);
  });
  checkRows(state, 'training', ['courseId', 'status'], place, issues);
}

/** Adds the issues of a list of objects with these text properties. */
export function checkRows(owner: Row, name: string, texts: readonly string[], place: Place, issues: Issues): void {
  checkList(owner[name], LIST_LENGTH, at(place, name), issues, (entry, here) => {
    const row = rowOf(entry, 'an object', here, issues);
    if (row) for (const text of texts) isText(row, text, here, issues);
  });
}
