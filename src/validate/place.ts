import type { InputIssue } from '../errors/smart-enrolments-error.js';

/** The position of a value, as a linked list from the value up to the argument. A path is built only for an issue. */
export interface Place {
  readonly parent: Place | undefined;
  readonly step: string | number;
}

/** Returns the place one step below. */
export function at(parent: Place | undefined, step: string | number): Place {
  return { parent, step };
}

/** Returns a place as a path. */
export function pathOf(place: Place | undefined): InputIssue['path'] {
  const path: (string | number)[] = [];
  for (let here = place; here; here = here.parent) path.push(here.step);
  return path.reverse();
}
