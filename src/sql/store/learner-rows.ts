import type { LearnerId } from '../../model/ids.js';
import { isOneOf, onConflict, rowsTable } from '../statement/dialect.js';
import { raw, run, sql } from '../statement/fragment.js';
import { asText, folded, isOfKind, ofKind } from '../statement/id-kind.js';
import { invalidOption } from '../statement/identifier.js';
import { select } from '../statement/select.js';
import { splitIds, splitRows } from '../statement/split.js';
import type { HeldPairs } from '../transaction/held-pairs.js';
import type { Session } from '../transaction/session.js';
import { HELD_BYTES, heldUpTo, longLists } from './long-lists.js';
import { loadPairs } from './pair-numbers.js';

type LearnerRow = [learnerId: LearnerId, held: HeldPairs];

/** Lists of up to this many bytes are read together: MAX_IDS of them, with their ids, are less than MAX_RESULT_BYTES. */
const SHORT = 2_500;

/** Locks the rows of these learners, in order of their ids, until the transaction ends; returns the learners who have no row yet. */
export async function lockRows(session: Session, ids: readonly LearnerId[]): Promise<readonly LearnerId[]> {
  for (const [id, held] of await selectRows(session, ids, true)) session.setHeld(id, held);
  return ids.filter((id) => session.held(id) === undefined);
}

/** Returns a function that returns what each of these learners holds; all pairs in it are known to the session. */
export async function readRows(session: Session, ids: readonly LearnerId[]): Promise<(id: LearnerId) => HeldPairs> {
  const others = ids.filter((id) => session.held(id) === undefined);
  const found = new Map(others.length > 0 ? await selectRows(session, others, false) : []);
  return (id) => session.held(id) ?? found.get(id) ?? '';
}

/** Creates rows for learners who have none; existing rows are left unchanged. */
export async function addRows(session: Session, ids: readonly LearnerId[]): Promise<void> {
  session.recordWrite();
  const records = [...ids].sort().map((id) => ({ id, held: '' }));
  await insertRows(session, records, []);
}

/**
 * Deletes rows that were needed only as locks: their learners do not exist and hold nothing. The rows are locked, so a transaction that waits for
 * one finds none and creates its own. If a crash of the server undoes the deletion, an empty row is left.
 */
export async function deleteRows({ db, store }: Session, ids: readonly LearnerId[]): Promise<void> {
  const { tables, tenant, kind } = store;
  for (const some of splitIds(ids)) {
    const which = isOneOf(db.dialect, raw('learner_id'), kind, some);
    await run(db, sql`DELETE FROM ${tables.learners} WHERE tenant = ${tenant} AND ${which}`);
  }
}

/** Writes what learners hold. */
export async function writeRows(session: Session, changed: ReadonlyMap<LearnerId, HeldPairs>): Promise<void> {
  const records = [...changed].map(([id, held]) => ({ id, held }));
  await insertRows(session, records, ['held']);
  for (const [id, held] of changed) session.setHeld(id, held);
}

/** Stores rows; in existing rows these columns are replaced. */
async function insertRows(
  { db, store: { tables, tenant, kind } }: Session,
  records: readonly { readonly id: LearnerId; readonly held: string }[],
  replace: readonly string[],
): Promise<void> {
  const { dialect } = db;
  for (const some of splitRows(records)) {
    await run(
      db,
      sql`INSERT INTO ${tables.learners} (tenant, learner_id, held) SELECT ${tenant}, ${ofKind(dialect, kind, raw('id'))}, held
        FROM ${rowsTable(dialect, { id: 'text', held: 'text' }, some)} WHERE TRUE ${onConflict(dialect, 'tenant, learner_id', replace)}`,
    );
  }
}

/** Returns the ids that a learner of this host can have, as the library stores them, each once. */
export function possibleIds({ store: { kind } }: Session, ids: readonly LearnerId[]): LearnerId[] {
  return [...new Set(ids.map((id) => folded(kind, id)))].filter((id) => isOfKind(kind, id));
}

/** Throws for an id that is not of the host's kind: no learner can have it. */
export function checkIdKind({ store: { kind } }: Session, ids: readonly LearnerId[]): void {
  const other = ids.find((id) => !isOfKind(kind, folded(kind, id)));
  if (other === undefined) return;
  throw invalidOption(
    'learnerId',
    `The learner id ${JSON.stringify(other.slice(0, 80))} is not of the kind of this host's ids, ${kind}. Pass it as the database writes it.`,
  );
}

async function selectRows(session: Session, ids: readonly LearnerId[], lock: boolean): Promise<LearnerRow[]> {
  const { db, store } = session;
  const { tables, tenant, kind } = store;
  const { dialect } = db;
  const found: LearnerRow[] = [];
  for (const some of splitIds(ids)) {
    const which = sql`tenant = ${tenant} AND ${isOneOf(dialect, raw('learner_id'), kind, some)}`;
    const locking = raw(lock && dialect !== 'sqlite' ? 'ORDER BY learner_id FOR UPDATE' : '');
    const items = [asText(dialect, raw('learner_id')), heldUpTo(SHORT), HELD_BYTES];
    const read = await select<[LearnerId, HeldPairs | null, number]>(
      db,
      items,
      sql`FROM ${tables.learners} WHERE ${which} ${locking}`,
    );
    const long = new Map(read.flatMap(([id, held, bytes]) => (held === null ? [[id, bytes] as const] : [])));
    for (const [id, held] of read) if (held !== null) found.push([id, held]);
    if (long.size > 0) for (const row of await longLists(session, long)) found.push(row);
  }
  await loadPairs(
    session,
    found.map(([, held]) => held),
  );
  return found;
}
