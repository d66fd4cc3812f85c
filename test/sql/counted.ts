import type { SqlDriver } from '../../src/sql/index.js';

/** The statements that a driver has sent; BEGIN and COMMIT, or those of a savepoint, count as one each. */
export interface Sent {
  count: number;
  readonly texts: string[];
}

/** Wraps a driver to count its statements. */
export function counted(driver: SqlDriver, sent: Sent): SqlDriver {
  return {
    dialect: driver.dialect,
    inTransaction: driver.inTransaction,
    ...(driver.isReadCommitted !== undefined && { isReadCommitted: driver.isReadCommitted }),
    query<Row>(text: string, parameters?: readonly (string | number | null)[]) {
      sent.count++;
      sent.texts.push(text);
      return driver.query<Row>(text, parameters);
    },
    transaction(work) {
      sent.count += 2;
      return driver.transaction((tx) => work(counted(tx, sent)));
    },
  };
}
