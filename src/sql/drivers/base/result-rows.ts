import type { Dialect } from '../../statement/driver.js';

/** Returns the rows of a client's result: on MySQL a pair of rows (or a header) and fields; elsewhere rows, or an object with `rows`. */
export function resultRows(result: unknown, dialect: Dialect): unknown[] {
  const found: unknown = dialect === 'mysql' && Array.isArray(result) ? result[0] : result;
  if (Array.isArray(found)) return [...found];
  const { rows } = (found ?? {}) as { readonly rows?: unknown };
  return Array.isArray(rows) ? rows : [];
}
