/**
 * Reads rows about these ids, and about half of them at a time where one result would be too large; `alone` says what becomes of one id whose
 * rows are too large by themselves.
 */
export async function inHalves<Row>(
  ids: readonly string[],
  read: (some: readonly string[]) => Promise<readonly Row[] | undefined>,
  alone: (id: string) => Row,
): Promise<readonly Row[]> {
  if (ids.length === 0) return [];
  const rows = await read(ids);
  if (rows) return rows;
  if (ids.length === 1) return [alone(ids[0]!)];
  const middle = ids.length >> 1;
  const before = await inHalves(ids.slice(0, middle), read, alone);
  return [...before, ...(await inHalves(ids.slice(middle), read, alone))];
}
