/** The most rows that are read in one statement. */
const MAX_ROWS = 50_000;

/**
 * Reads all rows in pages, each from the id of the last row of the one before. `read` resolves with undefined where so many rows are too
 * large a result; then half as many are read.
 */
export async function inPages<Row extends readonly [id: string, ...others: unknown[]]>(
  read: (after: string | undefined, limit: number) => Promise<readonly Row[] | undefined>,
): Promise<Row[]> {
  const all: Row[] = [];
  let limit = MAX_ROWS;
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
