/**
 * Puts rows beside the ids they are of, each of which is there once. Stores mostly answer in the order in which they were asked, and then no id has to be looked up.
 */
export function aligned<Row>(
  ids: readonly string[],
  rows: readonly Row[],
  idOf: (row: Row) => string,
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
  const byId = new Map(rows.map((row) => [idOf(row), row]));
  return ids.map((id) => byId.get(id));
}
