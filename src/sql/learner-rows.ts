import type { LearnerId } from '../model/ids.js';
import { given, isOneOf, unlessThere } from './dialect.js';
import type { Dialect } from './driver.js';
import { ask, type Fragment, raw, run, sql } from './fragment.js';
import type { Held } from './held.js';
import { asText, isOfKind, ofKind } from './id-kind.js';
import { refused } from './identifier.js';
import { learnPairs } from './numbers.js';
import type { Session } from './session.js';

type LearnerRow = [learnerId: LearnerId, held: Held];

/** Locks the rows of these learners, in one order, until the transaction ends; answers those who have none yet. */
export async function lockRows(session: Session, ids: readonly LearnerId[]): Promise<readonly LearnerId[]> {
  const missing = new Set(ids);
  for (const [id, held] of await rows(session, ids, true)) {
    session.hold(id, held);
    missing.delete(id);
  }
  return [...missing];
}

/** What these learners hold, of those who have a row; all pairs in it are known. */
export async function readRows(session: Session, ids: readonly LearnerId[]): Promise<ReadonlyMap<LearnerId, Held>> {
  const found = new Map<LearnerId, Held>();
  const others: LearnerId[] = [];
  for (const id of ids) {
    const held = session.held(id);
    if (held !== undefined) found.set(id, held);
    else others.push(id);
  }
  if (others.length > 0) for (const [id, held] of await rows(session, others, false)) found.set(id, held);
  return found;
}

/** Makes rows for learners who have none; those who have one are left as they are. */
export async function addRows(session: Session, ids: readonly LearnerId[]): Promise<void> {
  session.writes();
  const records = [...ids].sort().map((id) => ({ id, held: '' }));
  await insertRows(session, records, []);
}

/** Writes what learners hold. */
export async function writeRows(session: Session, changed: ReadonlyMap<LearnerId, Held>): Promise<void> {
  const records = [...changed].map(([id, held]) => ({ id, held }));
  await insertRows(session, records, ['held']);
  for (const [id, held] of changed) session.hold(id, held);
}

/** Stores rows; of those that are there these columns are replaced. */
async function insertRows(
  { db, setting: { tables, tenant, kind } }: Session,
  records: readonly { readonly id: LearnerId; readonly held: string }[],
  replace: readonly string[],
): Promise<void> {
  const { dialect } = db;
  await run(
    db,
    sql`INSERT INTO ${tables.learners} (tenant, learner_id, held) SELECT ${tenant}, ${ofKind(dialect, kind, raw('id'))}, held
      FROM ${given(dialect, { id: 'text', held: 'text' }, records)} WHERE TRUE ${unlessThere(dialect, 'tenant, learner_id', replace)}`,
  );
}

/** Those of the ids that a learner of this host can have, each once. */
export function ofKindOnce({ setting: { kind } }: Session, ids: readonly LearnerId[]): LearnerId[] {
  return [...new Set(ids)].filter((id) => isOfKind(kind, id));
}

/** Refuses ids that are not of the host's kind: no learner can have one. */
export function checkKind({ setting: { kind } }: Session, ids: readonly LearnerId[]): void {
  const other = ids.find((id) => !isOfKind(kind, id));
  if (other === undefined) return;
  throw refused(
    'learnerId',
    `The learner id ${JSON.stringify(other.slice(0, 80))} is no ${kind} as this host's ids are, written as the database writes it${kind === 'uuid' ? ': in lower case' : ''}.`,
  );
}

async function rows(session: Session, ids: readonly LearnerId[], lock: boolean): Promise<LearnerRow[]> {
  const { db, setting } = session;
  const { tables, tenant, kind } = setting;
  const { dialect } = db;
  const found: LearnerRow[] = [];
  for (const some of inChunks(ids)) {
    const which = sql`tenant = ${tenant} AND ${isOneOf(dialect, raw('learner_id'), kind, some)}`;
    const locking = raw(lock && dialect !== 'sqlite' ? 'ORDER BY learner_id FOR UPDATE' : '');
    for (const row of await ask<LearnerRow>(
      db,
      sql`SELECT ${rowJson(dialect)} AS j FROM ${tables.learners} WHERE ${which} ${locking}`,
    ))
      found.push(row);
  }
  await learnPairs(
    session,
    found.map(([, held]) => held),
  );
  return found;
}

/** The JSON array of an id and a list of numbers, in which nothing is to be escaped. */
function rowJson(dialect: Dialect): Fragment {
  const id = asText(dialect, raw('learner_id'));
  if (dialect === 'mysql') return sql`CONCAT('[', JSON_QUOTE(${id}), ',"', held, '"]')`;
  const quoted = dialect === 'sqlite' ? sql`json_quote(${id})` : sql`CAST(to_json(${id}) AS text)`;
  return sql`'[' || ${quoted} || ',"' || held || '"]'`;
}

/** So many ids in a statement at most: MySQL has a parameter for each. */
const CHUNK = 10_000;

/** Lists of ids that fit a statement; sorted, so that locks are taken in one order across them. */
export function inChunks(ids: readonly string[]): string[][] {
  const sorted = [...ids].sort();
  const chunks: string[][] = [];
  for (let from = 0; from < sorted.length; from += CHUNK) chunks.push(sorted.slice(from, from + CHUNK));
  return chunks;
}
