/**
 * Reads rows about these items. If `read` resolves with undefined, since one result would be too large, the halves are read instead; if it does
 * so for a single item, `alone` returns that item's row.
 */
export async function readInHalves<Row, Item = string>(
  items: readonly Item[],
  read: (some: readonly Item[]) => Promise<readonly Row[] | undefined>,
  alone: (item: Item) => Row | Promise<Row>,
): Promise<readonly Row[]> {
  if (items.length === 0) return [];
  const rows = await read(items);
  if (rows) return rows;
  if (items.length === 1) return [await alone(items[0]!)];
  const middle = items.length >> 1;
  const before = await readInHalves(items.slice(0, middle), read, alone);
  return [...before, ...(await readInHalves(items.slice(middle), read, alone))];
}
