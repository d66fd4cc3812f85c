import type { Unsettled } from '../model/catalog.js';
import type { SettledWork } from '../repositories/repositories.js';
import { type Fragment, NO_DISK, raw, run, sql } from './fragment.js';
import { jsonOf } from './json.js';
import type { Session } from './session.js';

// Work is stored by operation, with a list of ranges. The interface has one range for each revision, and is mapped here.

/** How far a piece of work is. */
export type Progress = Pick<SettledWork, 'revision' | 'pass' | 'after'>;

/** Returns the range that is stored as JSON text. */
export function progressOf(revision: number, ranges: string): Progress {
  const [range] = JSON.parse(ranges) as [Pick<Progress, 'pass' | 'after'>];
  return { revision, ...range };
}

/** Stores the work that the edit of a revision leaves. */
export async function storeWork(
  { db, setting: { tables, tenant } }: Session,
  { links, courses, ...range }: Unsettled,
  revision: number,
  stamp: string,
): Promise<void> {
  const operation = { id: operationId(revision), kind: 'apply', at: new Date().toISOString(), revision };
  await run(
    db,
    sql`INSERT INTO ${tables.outstanding} (tenant, operation_id, revision, operation, links, courses, removed_links, ranges, stamp)
      VALUES (${tenant}, ${operation.id}, ${revision}, ${jsonOf(operation)}, ${jsonOf(links)}, ${jsonOf(courses)}, '[]', ${rangesOf(range)}, ${stamp})`,
  );
}

/** Records how far the work of a revision is, or deletes it once it is done. */
export async function settleWork({ db, setting: { tables, tenant } }: Session, work: SettledWork): Promise<void> {
  // If a crash of the server undoes it, some learners are looked at once more, and nothing is found.
  const soon = db.dialect === 'postgres' && !db.inTransaction ? sql`AND ${NO_DISK} IS NOT NULL` : raw('');
  const which: Fragment = sql`WHERE tenant = ${tenant} AND operation_id = ${operationId(work.revision)} ${soon}`;
  if (work.done) await run(db, sql`DELETE FROM ${tables.outstanding} ${which}`);
  else await run(db, sql`UPDATE ${tables.outstanding} SET ranges = ${rangesOf(work)} ${which}`);
}

function operationId(revision: number): string {
  return `revision-${revision}`;
}

function rangesOf({ pass, after }: Pick<Progress, 'pass' | 'after'>): string {
  return jsonOf([{ pass, ...(after !== undefined && { after }) }]);
}
