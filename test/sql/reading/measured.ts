import type { SqlDriver } from '../../../src/sql/index.js';

/** A driver that records the largest result, in bytes of JSON as the client receives it, and the largest list of parameters. */
export function measured(db: SqlDriver): {
  readonly db: SqlDriver;
  readonly largest: { result: number; parameters: number };
} {
  const largest = { result: 0, parameters: 0 };
  const wrap = (inner: SqlDriver): SqlDriver => ({
    ...{ dialect: inner.dialect, inTransaction: inner.inTransaction },
    ...(inner.isReadCommitted !== undefined && { isReadCommitted: inner.isReadCommitted }),
    async query<Row>(text: string, parameters?: Parameters<SqlDriver['query']>[1]) {
      const rows = await inner.query<Row>(text, parameters);
      const bytes = rows.reduce((sum, row) => sum + Buffer.byteLength(Object.values(row as object).join('')), 0);
      largest.result = Math.max(largest.result, bytes);
      const written = (parameters ?? []).reduce<number>((sum, one) => sum + Buffer.byteLength(String(one)), 0);
      largest.parameters = Math.max(largest.parameters, written);
      return rows;
    },
    transaction: (work) => inner.transaction((tx) => work(wrap(tx))),
  });
  return { db: wrap(db), largest };
}
