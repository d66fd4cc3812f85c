import { rangesAfter } from '../../collections/ranges-after.js';
import type { Unsettled, UnsettledRange } from '../../model/catalog.js';
import type { OperationId } from '../../model/ids.js';
import type { SettledRange } from '../../repositories/repositories.js';
import { type Fragment, queryJson, raw, run, SKIP_FSYNC, sql } from '../statement/fragment.js';
import { jsonOf } from '../statement/json.js';
import type { Session } from '../transaction/session.js';

/** JSON as text that is never read as JSON by the database: NUL and lone surrogates are escapes in it, as in the rules of links. */
const textOf = (value: unknown): string => JSON.stringify(value);

/** Stores the work that a commit leaves. `stamp` identifies its content. */
export async function storeWork(
  { db, store: { tables, tenant } }: Session,
  { operation, links, courses, removedLinks, ranges }: Unsettled,
  stamp: string,
): Promise<void> {
  await run(
    db,
    sql`INSERT INTO ${tables.outstanding} (tenant, operation_id, revision, operation, links, courses, removed_links, ranges, stamp)
      VALUES (${tenant}, ${operation.id}, ${operation.revision}, ${textOf(operation)}, ${jsonOf(links)}, ${jsonOf(courses)}, ${textOf(removedLinks)}, ${jsonOf(ranges)}, ${stamp})`,
  );
}

/** Records in a transaction how far a range is settled; deletes work that has no ranges left. `isAlone`: the transaction does nothing else. */
export async function settleRange(
  session: Session,
  { operation, range, done }: SettledRange,
  isAlone: boolean,
): Promise<void> {
  const ranges = await lockRanges(session, operation);
  const left = rangesAfter(ranges, range, done);
  if (left === ranges) return;
  session.recordWrite();
  const { db, store } = session;
  // If a server crash loses this record, some learners are evaluated again, and no difference is found.
  const soon = db.dialect === 'postgres' && isAlone ? sql`AND ${SKIP_FSYNC} IS NOT NULL` : raw('');
  const { outstanding } = store.tables;
  const which = sql`${whereOperation(session, operation)} ${soon}`;
  if (left.length === 0) await run(db, sql`DELETE FROM ${outstanding} ${which}`);
  else await run(db, sql`UPDATE ${outstanding} SET ranges = ${jsonOf(left)} ${which}`);
}

/** Locks a piece of work and returns its ranges; an empty list if the work does not exist. */
async function lockRanges(session: Session, operation: OperationId): Promise<readonly UnsettledRange[]> {
  const { db, store } = session;
  const lock = raw(db.dialect === 'sqlite' ? '' : 'FOR UPDATE');
  const [ranges = []] = await queryJson<readonly UnsettledRange[]>(
    db,
    sql`SELECT ranges AS j FROM ${store.tables.outstanding} ${whereOperation(session, operation)} ${lock}`,
  );
  return ranges;
}

function whereOperation({ store: { tenant } }: Session, operation: OperationId): Fragment {
  return sql`WHERE tenant = ${tenant} AND operation_id = ${operation}`;
}
