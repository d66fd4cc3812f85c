import type { Dialect } from '../driver.js';

/** The rows in what a library answers: on MySQL a pair, of rows or of a header, and of fields; else rows, or an object with them. */
export function rowsOf(answer: unknown, dialect: Dialect): unknown[] {
  const found: unknown = dialect === 'mysql' && Array.isArray(answer) ? answer[0] : answer;
  if (Array.isArray(found)) return [...found];
  const { rows } = (found ?? {}) as { readonly rows?: unknown };
  return Array.isArray(rows) ? rows : [];
}
