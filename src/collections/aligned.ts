import { getOrCreate } from './get-or-create.js';

/**
 * Returns, for each id, its row, or undefined where there is none. `merged` combines rows of the same id; by default the last one counts.
 * Stores mostly return rows in the order of the ids, and then no id is looked up.
 */
export function aligned<Row>(
  ids: readonly string[],
  rows: readonly Row[],
  idOf: (row: Row) => string,
  merged: (last: Row) => Row = (last) => last,
): readonly (Row | undefined)[] {
  const found: (Row | undefined)[] = [];
  let next = 0;
  for (let i = 0; i < ids.length; i++) {
    const row = next < rows.length ? rows[next] : undefined;
    if (row !== undefined && idOf(row) === ids[i]) {
      found.push(row);
      next++;
    } else found.push(undefined);
  }
  if (next === rows.length) return found;
  const byId = new Map<string, Row[]>();
  for (const row of rows) getOrCreate(byId, idOf(row), () => []).push(row);
  return ids.map((id) => {
    const some = byId.get(id);
    return some && (some.length === 1 ? some[0] : merged(some.at(-1)!));
  });
}
