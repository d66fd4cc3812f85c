import type { SqlDriver } from './driver.js';

/** Returns a driver inside a transaction that the host has begun as one that says so, also if a host made it; others unchanged. */
export function hostsDriver(driver: SqlDriver): SqlDriver {
  if (!driver.inTransaction || driver.isHostsTransaction) return driver;
  return {
    dialect: driver.dialect,
    inTransaction: true,
    isHostsTransaction: true,
    ...(driver.isReadCommitted !== undefined && { isReadCommitted: driver.isReadCommitted }),
    query: (text, parameters) => driver.query(text, parameters),
    transaction: (work) => driver.transaction((inside) => work(hostsDriver(inside))),
  };
}
