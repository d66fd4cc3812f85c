import { sqlHost } from '../../src/sql/index.js';
import { issuesOf } from '../validate/issues-of.js';

/** The message about a name that no column or table can have. */
export const NAME =
  'expected the name of a column, or of a table with or without "schema." before it, each of at most 63 characters';

/** Returns the issues of a description of tables, one line each. */
export function issueLines(tables: unknown): string[] {
  return issuesOf(() => sqlHost(tables as never)).map(({ path, message }) => `${path.join('.')}: ${message}`);
}
