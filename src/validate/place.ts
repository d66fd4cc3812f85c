import type { InputIssue } from '../errors.js';

/** Where a value is, as a chain from the value up to the argument: a path is written out only where something is wrong. */
export interface Place {
  readonly parent: Place | undefined;
  readonly step: string | number;
}

/** Names the place one step below. */
export function at(parent: Place | undefined, step: string | number): Place {
  return { parent, step };
}

/** Writes a place out as a path. */
export function pathOf(place: Place | undefined): InputIssue['path'] {
  const path: (string | number)[] = [];
  for (let here = place; here; here = here.parent) path.push(here.step);
  return path.reverse();
}
