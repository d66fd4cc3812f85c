import type { LearnerId } from '../../model/ids.js';
import { MAX_RESULT_BYTES } from '../statement/bounds.js';
import { isOneOf } from '../statement/dialect.js';
import { type Fragment, raw, sql } from '../statement/fragment.js';
import { asText } from '../statement/id-kind.js';
import { select } from '../statement/select.js';
import { splitIds } from '../statement/split.js';
import type { HeldPairs } from '../transaction/held-pairs.js';
import type { Session } from '../transaction/session.js';

/** The most bytes of lists in one result, without ids and JSON. */
const MAX_BYTES = MAX_RESULT_BYTES / 2;

/** The bytes of what a learner holds, which are digits and commas. */
export const HELD_BYTES = raw('LENGTH(held)');

/** What a learner holds; NULL if it has more bytes than `most`, to be read by {@link longLists}. */
export function heldUpTo(most: number): Fragment {
  return sql`CASE WHEN ${HELD_BYTES} <= ${raw(String(most))} THEN held END`;
}

/** Reads lists of known lengths, as many in a statement as fit one result, and longer ones in pieces. */
export async function longLists(
  session: Session,
  lengths: ReadonlyMap<LearnerId, number>,
): Promise<Map<LearnerId, HeldPairs>> {
  const found = new Map<LearnerId, HeldPairs>();
  let group: LearnerId[] = [];
  let bytes = 0;
  const read = async (): Promise<void> => {
    for (const some of splitIds(group))
      for (const [id, held] of await lists(session, some, raw('held'))) found.set(id, held);
    group = [];
    bytes = 0;
  };
  for (const [id, length] of lengths) {
    if (length > MAX_BYTES) {
      found.set(id, await pieces(session, id, length));
      continue;
    }
    if (bytes + length > MAX_BYTES) await read();
    group.push(id);
    bytes += length;
  }
  await read();
  return found;
}

async function pieces(session: Session, id: LearnerId, length: number): Promise<HeldPairs> {
  let held = '';
  for (let from = 1; from <= length; from += MAX_BYTES) {
    const [piece] = await lists(session, [id], sql`substr(held, ${raw(String(from))}, ${raw(String(MAX_BYTES))})`);
    held += piece?.[1] ?? '';
  }
  return held;
}

function lists({ db, store }: Session, ids: readonly LearnerId[], held: Fragment): Promise<[LearnerId, HeldPairs][]> {
  const { dialect } = db;
  const { tables, tenant, kind } = store;
  return select<[LearnerId, HeldPairs]>(
    db,
    [asText(dialect, raw('learner_id')), held],
    sql`FROM ${tables.learners} WHERE tenant = ${tenant} AND ${isOneOf(dialect, raw('learner_id'), kind, ids)}`,
  );
}
