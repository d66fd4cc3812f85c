import type { Field } from '../../model/learner.js';
import type { LearnerQuery, Matching } from '../../repositories/repositories.js';
import { fieldTypes } from '../../rules/value.js';
import { type Narrowed, narrowed } from '../pushdown/narrow.js';
import type { SqlDriver } from '../statement/driver.js';
import { type Fragment, raw, sql } from '../statement/fragment.js';
import { asText, folded, type IdKind, isOfKind } from '../statement/id-kind.js';
import { isInRange } from '../statement/range.js';
import { select } from '../statement/select.js';
import type { HostTables } from './columns/host-tables.js';
import { idSortKey } from './columns/id-sort-key.js';
import { hasUuidSegments, learnersReader, MAX_LEARNERS } from './learner-queries.js';
import { type ReadLearner, uniqueLearners } from './learner-row.js';
import type { HostRefs } from './refs.js';

const EVERYONE: Narrowed = { condition: raw('TRUE'), isNarrow: true };
/** The most ids in one page without profiles: ids that fit an index then fit one result. */
const MAX_IDS_ONLY = 5_000;

/** Reads pages of learners, and keeps between the pages of a walk what does not change. */
export class LearnersPages {
  readonly #tables: HostTables;
  readonly #kind: IdKind;
  /** The condition of each walk, which passes the same object for every page. */
  readonly #conditions = new WeakMap<Matching, Promise<Narrowed>>();
  /** The sort key of ids at the beginning of the last walk. */
  #sortKey: ((id: Fragment) => Fragment) | undefined;
  /** How many learners the last result had room for. */
  #width = MAX_LEARNERS;

  constructor(tables: HostTables) {
    this.#tables = tables;
    this.#kind = tables.learners.ids ?? 'text';
  }

  async read(
    db: SqlDriver,
    refs: HostRefs,
    fields: readonly Field[] | undefined,
    { limit, matching, idsOnly, ...range }: LearnerQuery,
  ): Promise<readonly ReadLearner[]> {
    const [after, upTo] = [range.after, range.upTo].map((one) => (one === undefined ? one : folded(this.#kind, one)));
    const id = await this.#sortedId(db, refs, after === undefined);
    const { condition, isNarrow } = matching ? await this.#narrowed(db, refs, matching, fields) : EVERYONE;
    const isIdsOnly = idsOnly === true && isNarrow;
    const read = isIdsOnly ? this.#idsReader(db, refs) : learnersReader(db, this.#tables, refs, fields);
    const most = Math.min(limit, isIdsOnly ? MAX_IDS_ONLY : MAX_LEARNERS);
    for (let cursor = after; ; ) {
      const wanted = isIdsOnly ? most : Math.min(most, this.#width);
      const where = sql`${isInRange(db.dialect, this.#kind, id, { after: cursor, upTo })} AND ${condition}`;
      // One row more than wanted shows whether the last learner has a second row.
      const found = await read(where, sql`ORDER BY ${id} LIMIT ${raw(String(wanted + 1))}`);
      if (!found) {
        this.#width = Math.max(1, wanted >> 1);
        continue;
      }
      this.#width = Math.min(MAX_LEARNERS, this.#width + (this.#width >> 3) + 1);
      const isFull = found.length > wanted;
      if (isFull && found.at(-1)!.id !== found.at(-2)!.id) found.pop();
      const page = uniqueLearners(found).filter((learner) => isOfKind(this.#kind, learner.id));
      if (page.length > 0 || !isFull) return page;
      // Skip ids that no learner of this host can have.
      cursor = found.at(-1)!.id;
    }
  }

  /** The id as it is sorted; the sort key is chosen at the beginning of a walk. */
  async #sortedId(db: SqlDriver, { learners: u }: HostRefs, isFirstPage: boolean): Promise<Fragment> {
    const { id } = this.#tables.learners;
    if (isFirstPage || !this.#sortKey) this.#sortKey = await idSortKey(db, u, id, this.#kind);
    return this.#sortKey(u.column(id));
  }

  async #narrowed(
    db: SqlDriver,
    refs: HostRefs,
    matching: Matching,
    fields: readonly Field[] | undefined,
  ): Promise<Narrowed> {
    const { placedIn } = matching;
    const wanted = { ...matching, placedIn: hasUuidSegments(refs, this.#tables) ? inEitherCase(placedIn) : placedIn };
    const made =
      this.#conditions.get(matching) ?? narrowed(db, this.#tables, refs.learners, wanted, fieldTypes(fields));
    this.#conditions.set(matching, made);
    return made.catch((error: unknown) => {
      this.#conditions.delete(matching);
      throw error;
    });
  }

  /** Reads ids alone, without profiles. */
  #idsReader(db: SqlDriver, { learners: u }: HostRefs): (where: Fragment, end: Fragment) => Promise<ReadLearner[]> {
    const column = u.column(this.#tables.learners.id);
    return async (where, end) => {
      const from = sql`FROM ${u.from} WHERE ${u.tenantCondition} AND ${column} IS NOT NULL AND ${where} ${end}`;
      const rows = await select<[string]>(db, [asText(db.dialect, column)], from);
      return rows.map(([found]) => ({ id: folded(this.#kind, found), profile: {} }));
    };
  }
}

/** Returns ids of segments in lower case as well: a uuid column returns lower case, whatever an admin wrote. */
function inEitherCase(ids: readonly string[]): readonly string[] {
  return [...new Set([...ids, ...ids.map((id) => id.toLowerCase())])];
}
