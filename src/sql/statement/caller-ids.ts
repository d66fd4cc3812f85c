import { getOrCreate } from '../../collections/get-or-create.js';
import { folded, type IdKind } from './id-kind.js';

/**
 * Returns rows under the ids as the caller wrote them. A uuid may be passed in any case and is stored in lower case, so each row gets back the
 * caller's spelling.
 */
export function withCallerIds<Row>(
  kind: IdKind,
  ids: readonly string[],
  rows: readonly Row[],
  idOf: (row: Row) => string,
  withId: (row: Row, id: string) => Row,
): readonly Row[] {
  if (kind !== 'uuid' || ids.every((id) => folded(kind, id) === id)) return rows;
  const callerIds = new Map<string, string[]>();
  for (const id of new Set(ids)) getOrCreate(callerIds, folded(kind, id), () => []).push(id);
  return rows.flatMap((row) => callerIds.get(idOf(row))?.map((id) => withId(row, id)) ?? []);
}
