import type { LearnerId } from '../../model/ids.js';
import type { Dialect } from './driver.js';
import { type Fragment, joined, raw, sql } from './fragment.js';
import { type IdKind, ofKind } from './id-kind.js';

/** A condition that ids are greater than `after` and at most `upTo`; TRUE without either. */
export function isInRange(
  dialect: Dialect,
  kind: IdKind,
  column: Fragment,
  { after, upTo }: { readonly after?: LearnerId; readonly upTo?: LearnerId },
): Fragment {
  const bounds: Fragment[] = [];
  if (after !== undefined) bounds.push(sql`${column} > ${bound(dialect, kind, after)}`);
  if (upTo !== undefined) bounds.push(sql`${column} <= ${bound(dialect, kind, upTo)}`);
  return bounds.length > 0 ? joined(bounds, ' AND ') : raw('TRUE');
}

function bound(dialect: Dialect, kind: IdKind, id: LearnerId): Fragment {
  // Postgres infers a text parameter's type from its context, which may have none.
  return ofKind(dialect, kind, dialect === 'postgres' ? sql`${id}::text` : sql`${id}`);
}
