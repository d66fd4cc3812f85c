import type { LearnerId, LinkId } from '../../model/ids.js';
import type { HoldersQuery } from '../../repositories/repositories.js';
import { isOneOf } from '../statement/dialect.js';
import type { Dialect } from '../statement/driver.js';
import { type Fragment, joined, raw, sql } from '../statement/fragment.js';
import { asText, folded } from '../statement/id-kind.js';
import { isInRange } from '../statement/range.js';
import { select } from '../statement/select.js';
import { splitIds } from '../statement/split.js';
import type { Session } from '../transaction/session.js';
import { listContains } from './held-numbers.js';
import { HELD_BYTES, heldUpTo, longLists } from './long-lists.js';
import type { SchemaRow } from './schema-row.js';

/** For up to this many pairs, the database finds the holders; for more, all lists are read and searched here. */
const FEW = 50;
/** The most rows to read in one window. */
const WIDEST = 10_000;
/** The most ids in one page. */
const MAX_PAGE = 5_000;
/** Lists of up to this many bytes are read with their row: WIDEST of them, with their ids, are less than MAX_RESULT_BYTES. */
const SHORT = 500;

/** Returns the learners who hold an assignment by one of the links, in order. */
export async function holders(session: Session, query: HoldersQuery): Promise<LearnerId[]> {
  const { kind, keepsAssignments } = session.store;
  const [after, upTo] = [query.after, query.upTo].map((id) => (id === undefined ? id : folded(kind, id)));
  const range = { ...(after !== undefined && { after }), ...(upTo !== undefined && { upTo }) };
  const { links } = query;
  const limit = Math.min(query.limit, MAX_PAGE);
  if (!links) return anyHolders(session, range, limit);
  const pairs = await numbersByLinks(session, links);
  if (pairs.size === 0) return [];
  const isIndexed = keepsAssignments && pairs.size <= FEW;
  return (
    (isIndexed ? await indexedHolders(session, range, limit, pairs) : undefined) ?? scan(session, range, limit, pairs)
  );
}

/** Finds holders by the index of the table of assignments; returns undefined while that is being filled. */
async function indexedHolders(
  { db, store }: Session,
  range: Range,
  limit: number,
  pairs: ReadonlySet<number>,
): Promise<LearnerId[] | undefined> {
  const { tables, kind } = store;
  const { dialect } = db;
  const id = raw('learner_id');
  const most = raw(String(limit));
  // Each part reads a stretch of the index; a number belongs to one tenant.
  const parts = [...pairs].map(
    (pair) =>
      sql`SELECT * FROM (SELECT ${id} FROM ${tables.assignments} WHERE pair_no = ${pair} AND ${isInRange(dialect, kind, id, range)} ORDER BY ${id} LIMIT ${most}) AS part`,
  );
  const found = sql`SELECT DISTINCT ${id} FROM (${joined(parts, ' UNION ALL ')}) AS parts ORDER BY ${id} LIMIT ${most}`;
  // In the same statement as the rows: the table may be turned off, and emptied, between two statements.
  const rows = await select<[LearnerId | null, string | null]>(
    db,
    [asText(dialect, id), raw('description')],
    sql`FROM (SELECT ${id}, NULL AS description FROM (${found}) AS holders UNION ALL SELECT NULL, description FROM ${tables.schema}) AS found ORDER BY ${id}`,
  );
  const schema: SchemaRow = JSON.parse(rows.find(([, description]) => description !== null)![1]!);
  if (schema.assignments !== 'on') return undefined;
  return rows.flatMap(([learnerId]) => learnerId ?? []);
}

/**
 * Finds holders by reading the rows of learners window by window, each wider than the last while too few are found, so that a walk reads the
 * table once.
 */
async function scan(session: Session, range: Range, limit: number, pairs: ReadonlySet<number>): Promise<LearnerId[]> {
  const found: LearnerId[] = [];
  let width = limit;
  for (let { after } = range; ; width = Math.min(2 * width, Math.max(limit, WIDEST))) {
    const current = { ...range, ...(after !== undefined && { after }) };
    const last = await endOfWindow(session, current, width);
    const rows = await window(session, last === undefined ? current : { ...current, upTo: last }, pairs);
    const long = new Map(rows.flatMap(([id, held, bytes]) => (held === null ? [[id, bytes] as const] : [])));
    const lists = long.size > 0 ? await longLists(session, long) : undefined;
    for (const [id, held] of rows) if (isHolder(held ?? lists?.get(id) ?? '', pairs)) found.push(id);
    if (found.length >= limit || last === undefined) return found.slice(0, limit);
    after = last;
  }
}

type Range = Pick<HoldersQuery, 'after' | 'upTo'>;

/** The learners in a range who hold anything. */
async function anyHolders(session: Session, range: Range, limit: number): Promise<LearnerId[]> {
  const { db, store } = session;
  const id = raw('learner_id');
  const rows = await select<[LearnerId]>(
    db,
    [asText(db.dialect, id)],
    sql`FROM ${store.tables.learners} WHERE ${holding(session, range)} ORDER BY ${id} LIMIT ${raw(String(limit))}`,
  );
  return rows.map(([found]) => found);
}

/** The condition that a row is in the range and not empty. */
function holding({ db, store: { tenant, kind } }: Session, range: Range): Fragment {
  return sql`tenant = ${tenant} AND held <> '' AND ${isInRange(db.dialect, kind, raw('learner_id'), range)}`;
}

/** A learner, and whether they hold one of the pairs (or all that they hold; null if it is long). */
type WindowRow = [learnerId: LearnerId, held: boolean | number | string | null, bytes: number];

function isHolder(held: boolean | number | string, pairs: ReadonlySet<number>): boolean {
  if (typeof held === 'string') return held.split(',').some((pair) => pairs.has(Number(pair)));
  return held === true || held === 1;
}

/** The last learner of the next `width` rows; undefined if there are fewer. */
async function endOfWindow({ db, store }: Session, range: Range, width: number): Promise<LearnerId | undefined> {
  const { tables, tenant, kind } = store;
  const id = raw('learner_id');
  const [last] = await select<[LearnerId]>(
    db,
    [asText(db.dialect, id)],
    sql`FROM ${tables.learners} WHERE tenant = ${tenant} AND ${isInRange(db.dialect, kind, id, range)}
      ORDER BY ${id} LIMIT 1 OFFSET ${raw(String(width - 1))}`,
  );
  return last?.[0];
}

/** The learners in a range who hold one of these pairs, or may. */
async function window(session: Session, range: Range, pairs: ReadonlySet<number>): Promise<WindowRow[]> {
  const { db, store } = session;
  const { dialect } = db;
  const id = raw('learner_id');
  const isFew = pairs.size <= FEW;
  return select<WindowRow>(
    db,
    [asText(dialect, id), isFew ? raw('TRUE') : heldUpTo(SHORT), HELD_BYTES],
    sql`FROM ${store.tables.learners} WHERE ${holding(session, range)} AND ${isFew ? holdsOne(dialect, pairs) : raw('TRUE')} ORDER BY ${id}`,
  );
}

/** A condition that one of the numbers is in the comma-separated list. */
function holdsOne(dialect: Dialect, pairs: ReadonlySet<number>): Fragment {
  return sql`(${joined(
    [...pairs].map((pair) => listContains(dialect, raw('held'), sql`${String(pair)}`)),
    ' OR ',
  )})`;
}

/** The numbers of all pairs that these links have, or had. */
async function numbersByLinks(
  { db, store: { tables, tenant } }: Session,
  links: readonly LinkId[],
): Promise<ReadonlySet<number>> {
  const found = new Set<number>();
  for (const some of splitIds([...new Set(links)])) {
    const which = isOneOf(db.dialect, raw('link_id'), 'text', some);
    const rows = await select<[number]>(
      db,
      [raw('no')],
      sql`FROM ${tables.pairs} WHERE tenant = ${tenant} AND ${which}`,
    );
    for (const [no] of rows) found.add(no);
  }
  return found;
}
