/**
 * Reads all rows in pages, each from the id of the last row of the one before. `read` resolves with undefined where so many rows are too
 * large a result; then half as many are read. `atOnce` rows are tried first.
 */
export async function inPages<Row extends readonly [id: string, ...others: unknown[]]>(
  read: (after: string | undefined, limit: number) => Promise<readonly Row[] | undefined>,
  atOnce: number,
): Promise<Row[]> {
  const all: Row[] = [];
  let limit = atOnce;
  for (let after: string | undefined; ; ) {
    const rows = await read(after, limit);
    if (rows) {
      for (const row of rows) all.push(row);
      if (rows.length < limit) return all;
      after = rows.at(-1)![0];
    } else if (limit === 1) throw new Error('One row of the catalog is larger than any result may be.');
    else limit >>= 1;
  }
}
