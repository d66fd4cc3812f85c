import { isId } from '../validate/id.js';
import { readIds } from '../validate/ids.js';
import { type Issues, parse } from '../validate/issues.js';
import { checkList } from '../validate/list.js';
import { at } from '../validate/place.js';
import { isText, rowOf } from '../validate/row.js';

// Host data is checked only as far as storing needs: the library itself blocks rows that it cannot evaluate.

/** Adds an issue if a value is not a list of objects with ids. */
export function checkRowsWithIds(rows: unknown, name: string, issues: Issues): void {
  checkList(rows, Number.POSITIVE_INFINITY, at(undefined, name), issues, (entry, place) => {
    const row = rowOf(entry, 'an object', place, issues);
    if (row) isText(row, 'id', place, issues);
  });
}

/** Returns a list of objects with ids; throws `invalid_input` if it is not one. */
export function rowsWithIds<Row>(rows: readonly Row[], name: string): readonly Row[] {
  parse((issues) => checkRowsWithIds(rows, name, issues));
  return rows;
}

/** Returns a copy of a list of ids; throws `invalid_input` if it is not one. */
export function listOfIds(ids: readonly string[]): readonly string[] {
  return parse((issues) => readIds(ids, at(undefined, 'ids'), issues));
}

/** Throws one `invalid_input` for all arguments that are not ids; the keys are the names of the arguments. */
export function checkIds(ids: { readonly [name: string]: unknown }): void {
  parse((issues) => {
    for (const [name, id] of Object.entries(ids)) isId(id, at(undefined, name), issues);
  });
}

/** Throws `invalid_input` if the status is not one of a training record. */
export function checkStatus(status: unknown): void {
  parse((issues) => {
    if (status === 'in-progress' || status === 'completed') return;
    issues.wrongType('"in-progress" or "completed"', status, at(undefined, 'status'));
  });
}
