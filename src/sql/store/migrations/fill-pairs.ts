import type { SqlDriver } from '../../statement/driver.js';
import { type Fragment, raw, run, sql } from '../../statement/fragment.js';
import { select } from '../../statement/select.js';
import { retryingLocks, withRowSecurityOff } from './locks.js';
import { type Target, tableOf } from './target.js';

/** How many rows one transaction fills. */
const ROWS_PER_TRANSACTION = 1_000;

/** The statement that fills in the segment of pairs from the link with their link id, if there is one; for all rows, or for some. */
export function fillStatement(target: Target, which = raw('')): Fragment {
  const link = sql`FROM ${tableOf(target, 'links')} AS l WHERE l.tenant = p.tenant AND l.id = p.link_id`;
  return sql`UPDATE ${tableOf(target, 'pairs')} AS p SET segment_id = (SELECT l.segment_id ${link})
WHERE p.segment_id = '' AND EXISTS (SELECT 1 ${link})${which}`;
}

/** Fills in the segments of all rows, a batch at a time, each in its own transaction. */
export async function fillPairs(driver: SqlDriver, target: Target): Promise<void> {
  for (let after = 0; ; ) {
    const from = after;
    const last = await retryingLocks(driver, (tx) => withRowSecurityOff(tx, () => fillBatch(tx, target, from)));
    if (last === null) return;
    after = last;
  }
}

async function fillBatch(tx: SqlDriver, target: Target, after: number): Promise<number | null> {
  const [found] = await select<[last: number | null]>(
    tx,
    [raw('MAX(no)')],
    sql`FROM (SELECT no FROM ${tableOf(target, 'pairs')} WHERE no > ${after} ORDER BY no LIMIT ${raw(String(ROWS_PER_TRANSACTION))}) AS batch`,
  );
  const last = found?.[0] ?? null;
  if (last !== null) await run(tx, fillStatement(target, sql` AND p.no > ${after} AND p.no <= ${last}`));
  return last;
}
