import type { LearnerId, LinkId } from '../../model/ids.js';
import type { HoldersQuery } from '../../repositories/repositories.js';
import { isOneOf } from '../statement/dialect.js';
import { type Fragment, joined, raw, sql } from '../statement/fragment.js';
import { asText, folded } from '../statement/id-kind.js';
import { isInRange } from '../statement/range.js';
import { select } from '../statement/select.js';
import { splitIds } from '../statement/split.js';
import type { Session } from '../transaction/session.js';
import { HELD_BYTES, heldUpTo, longLists } from './long-lists.js';

/** For up to this many pairs, the database finds the holders; for more, all lists are read and searched here. */
const FEW = 50;
/** The most rows to read in one window. */
const WIDEST = 10_000;
/** The most ids in one page. */
const MAX_PAGE = 5_000;
/** Lists of up to this many bytes are read with their row: WIDEST of them, with their ids, are less than MAX_RESULT_BYTES. */
const SHORT = 500;

/**
 * Returns the learners who hold an assignment by one of the links, in order. It reads the rows of learners window by window, each wider than
 * the last while too few are found, so that a walk reads the table once.
 */
export async function holders(session: Session, query: HoldersQuery): Promise<LearnerId[]> {
  const { kind } = session.store;
  const [after, upTo] = [query.after, query.upTo].map((id) => (id === undefined ? id : folded(kind, id)));
  const { links } = query;
  const limit = Math.min(query.limit, MAX_PAGE);
  if (!links) return anyHolders(session, { after, upTo }, limit);
  const pairs = await numbersByLinks(session, links);
  if (pairs.size === 0) return [];
  const found: LearnerId[] = [];
  let width = limit;
  for (let cursor = after; ; width = Math.min(2 * width, Math.max(limit, WIDEST))) {
    const rows = await window(session, { after: cursor, upTo }, width, pairs);
    const long = new Map(rows.flatMap(([id, held, , bytes]) => (held === null ? [[id, bytes] as const] : [])));
    const lists = long.size > 0 ? await longLists(session, long) : undefined;
    for (const [id, held] of rows) if (isHolder(held ?? lists?.get(id) ?? '', pairs)) found.push(id);
    const last = rows.at(-1);
    // The last row of a full window is returned whatever the learner holds.
    if (found.length >= limit || last?.[2] !== width) return found.slice(0, limit);
    cursor = last[0];
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

/** A learner, whether they hold one of the pairs (or all that they hold), and their place in the window. */
type WindowRow = [learnerId: LearnerId, held: boolean | number | string | null, place: number, bytes: number];

function isHolder(held: boolean | number | string, pairs: ReadonlySet<number>): boolean {
  if (typeof held === 'string') return held.split(',').some((pair) => pairs.has(Number(pair)));
  return held === true || held === 1;
}

/** The learners in a window of `width` rows who hold one of these pairs, or may; and the last row of the window. */
async function window(session: Session, range: Range, width: number, pairs: ReadonlySet<number>): Promise<WindowRow[]> {
  const { db, store } = session;
  const { dialect } = db;
  const id = raw('learner_id');
  const rows = sql`SELECT ${id}, held, ROW_NUMBER() OVER (ORDER BY ${id}) AS place FROM ${store.tables.learners} WHERE ${holding(session, range)}
    ORDER BY ${id} LIMIT ${raw(String(width))}`;
  const isFew = pairs.size <= FEW;
  const holds = isFew ? holdsOne(dialect, pairs) : raw('TRUE');
  const held = isFew ? raw('holds') : heldUpTo(SHORT);
  return select<WindowRow>(
    db,
    [asText(dialect, id), held, raw('place'), HELD_BYTES],
    sql`FROM (SELECT ${id}, held, place, ${holds} AS holds FROM (${rows}) AS looked_at) AS judged
      WHERE holds OR place = ${raw(String(width))} ORDER BY place`,
  );
}

/** A condition that one of the numbers is in the comma-separated list. */
function holdsOne(dialect: Session['db']['dialect'], pairs: ReadonlySet<number>): Fragment {
  const list = dialect === 'mysql' ? raw(`CONCAT(',', held, ',')`) : raw(`(',' || held || ',')`);
  return sql`(${joined(
    [...pairs].map((pair) => sql`${list} LIKE ${`%,${pair},%`}`),
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
