import type { Dialect } from './driver.js';
import { type Fragment, raw, sql } from './fragment.js';

/** The kind of the host's ids: text is compared character by character, a uuid without regard to case, an integer as a number. */
export type IdKind = 'text' | 'integer' | 'uuid';

export const ID_KINDS: readonly IdKind[] = ['text', 'integer', 'uuid'];

const SHAPES: { readonly [Kind in Exclude<IdKind, 'text'>]: RegExp } = {
  integer: /^(?:0|-?[1-9]\d{0,17})$/u,
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u,
};

/** An id as the library stores it: a uuid in lower case, all others unchanged. */
export function folded(kind: IdKind, id: string): string {
  return kind === 'uuid' ? id.toLowerCase() : id;
}

/** Whether an id is of its kind and in the form that the database writes. No learner has any other id. */
export function isOfKind(kind: IdKind, id: string): boolean {
  return kind === 'text' || SHAPES[kind].test(id);
}

/** The type of the library's own column for such ids. Text sorts like a column of the host's without a collation of its own. */
export function typeOfKind(dialect: Dialect, kind: IdKind): Fragment {
  if (kind === 'integer') return raw('BIGINT');
  if (kind === 'uuid') return raw({ postgres: 'uuid', mysql: 'CHAR(36) CHARACTER SET ascii', sqlite: 'TEXT' }[dialect]);
  return raw({ postgres: 'text', mysql: 'VARBINARY(1024)', sqlite: 'TEXT' }[dialect]);
}

/** Text as an id of its kind, for comparison with a column of the library's own. */
export function ofKind(dialect: Dialect, kind: IdKind, text: Fragment): Fragment {
  if (kind === 'integer') return sql`CAST(${text} AS ${raw(dialect === 'mysql' ? 'SIGNED' : 'BIGINT')})`;
  if (dialect === 'mysql') return kind === 'uuid' ? sql`CONVERT(${text} USING ascii)` : sql`CAST(${text} AS BINARY)`;
  return dialect === 'postgres' ? sql`CAST(${text} AS ${raw(kind)})` : text;
}

/** An id of any column as text. */
export function asText(dialect: Dialect, id: Fragment): Fragment {
  return dialect === 'mysql' ? sql`CONVERT(${id} USING utf8mb4)` : sql`CAST(${id} AS TEXT)`;
}
