/**
 * Reads all rows in pages, each after the id of the last row of the previous page. The first page has `firstLimit` rows; whenever `read` resolves
 * with undefined, since the result would be too large, the limit is halved.
 */
export async function readInPages<Row extends readonly [id: string, ...others: unknown[]]>(
  read: (after: string | undefined, limit: number) => Promise<readonly Row[] | undefined>,
  firstLimit: number,
): Promise<Row[]> {
  const all: Row[] = [];
  let limit = firstLimit;
  for (let after: string | undefined; ; ) {
    const rows = await read(after, limit);
    if (rows) {
      for (const row of rows) all.push(row);
      if (rows.length < limit) return all;
      after = rows.at(-1)![0];
    } else if (limit === 1) throw new Error('A row of the catalog is too large for one result.');
    else limit >>= 1;
  }
}
