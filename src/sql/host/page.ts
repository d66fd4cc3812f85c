import type { Field, Learner, UnreadableLearner } from '../../model/learner.js';
import type { LearnerQuery, Matching } from '../../repositories/repositories.js';
import { fieldTypes } from '../../rules/value.js';
import { type Narrowed, narrowed } from '../pushdown/narrow.js';
import type { SqlDriver } from '../statement/driver.js';
import { type Fragment, raw, sql } from '../statement/fragment.js';
import { asText, folded, isOfKind } from '../statement/id-kind.js';
import { inRange } from '../statement/range.js';
import { select } from '../statement/select.js';
import type { HostTables } from './columns/host-tables.js';
import { orderOf } from './columns/id-order.js';
import { eachOnce } from './learners.js';
import { hasUuidSegments, MAX_LEARNERS, peopleReader } from './people.js';
import type { HostRefs } from './refs.js';

type Found = Learner | UnreadableLearner;

const EVERYONE: Narrowed = { condition: raw('TRUE'), isNarrow: true };
/** The most ids in one page without profiles: ids that fit an index then fit one result. */
const MAX_IDS_ONLY = 5_000;

/** Returns a function that reads a page of learners. */
export function learnersPage(
  tables: HostTables,
): (
  db: SqlDriver,
  refs: HostRefs,
  fields: readonly Field[] | undefined,
  query: LearnerQuery,
) => Promise<readonly Found[]> {
  const { learners } = tables;
  const kind = learners.ids ?? 'text';
  /** The condition of each walk, which passes the same object for every page. */
  const conditions = new WeakMap<Matching, Promise<Narrowed>>();
  /** The order of ids at the beginning of the last walk. */
  let order: ((id: Fragment) => Fragment) | undefined;
  /** How many learners the last result had room for. */
  let width = MAX_LEARNERS;

  const narrowing = (
    db: SqlDriver,
    refs: HostRefs,
    matching: Matching,
    fields: readonly Field[] | undefined,
  ): Promise<Narrowed> => {
    const wanted = {
      ...matching,
      placedIn: hasUuidSegments(refs, tables) ? inEitherCase(matching.placedIn) : matching.placedIn,
    };
    const made = conditions.get(matching) ?? narrowed(db, tables, refs.learners, wanted, fieldTypes(fields));
    conditions.set(matching, made);
    return made.catch((error: unknown) => {
      conditions.delete(matching);
      throw error;
    });
  };

  return async (db, refs, fields, { limit, matching, idsOnly, ...range }) => {
    const { learners: u } = refs;
    const [after, upTo] = [range.after, range.upTo].map((one) => (one === undefined ? one : folded(kind, one)));
    if (after === undefined || order === undefined) order = await orderOf(db, u, learners.id, kind);
    const id = order(u.column(learners.id));
    const { condition, isNarrow } = matching ? await narrowing(db, refs, matching, fields) : EVERYONE;
    const isIdsOnly = idsOnly === true && isNarrow;
    const read = isIdsOnly ? idReader(db, refs, learners.id) : peopleReader(db, tables, refs, fields);
    const most = Math.min(limit, isIdsOnly ? MAX_IDS_ONLY : MAX_LEARNERS);
    for (let cursor = after; ; ) {
      const wanted = isIdsOnly ? most : Math.min(most, width);
      const where = sql`${inRange(db.dialect, kind, id, { after: cursor, upTo })} AND ${condition}`;
      // One row more than wanted shows whether the last learner has a second row.
      const found = await read(where, sql`ORDER BY ${id} LIMIT ${raw(String(wanted + 1))}`);
      if (!found) {
        width = Math.max(1, wanted >> 1);
        continue;
      }
      width = Math.min(MAX_LEARNERS, width + (width >> 3) + 1);
      const isFull = found.length > wanted;
      if (isFull && found.at(-1)!.id !== found.at(-2)!.id) found.pop();
      const page = eachOnce(found).filter((learner) => isOfKind(kind, learner.id));
      if (page.length > 0 || !isFull) return page;
      // Skip ids that no learner of this host can have.
      cursor = found.at(-1)!.id;
    }
  };

  function idReader(db: SqlDriver, refs: HostRefs, name: string): (where: Fragment, end: Fragment) => Promise<Found[]> {
    const { learners: u } = refs;
    const column = u.column(name);
    return async (where, end) => {
      const from = sql`FROM ${u.from} WHERE ${u.ours} AND ${column} IS NOT NULL AND ${where} ${end}`;
      const rows = await select<[string]>(db, [asText(db.dialect, column)], from);
      return rows.map(([found]) => ({ id: folded(kind, found), profile: {} }));
    };
  }
}

/** Returns ids of segments in lower case as well: a uuid column returns lower case, whatever an admin wrote. */
function inEitherCase(ids: readonly string[]): readonly string[] {
  return [...new Set([...ids, ...ids.map((id) => id.toLowerCase())])];
}
