import type { LearnerId } from '../../../model/ids.js';
import { onConflict } from '../../statement/dialect.js';
import type { SqlDriver } from '../../statement/driver.js';
import { type Fragment, raw, run, sql } from '../../statement/fragment.js';
import { asText } from '../../statement/id-kind.js';
import { isInRange } from '../../statement/range.js';
import { select } from '../../statement/select.js';
import { heldNumbers } from '../held-numbers.js';
import { retryingLocks, withRowSecurityOff } from './locks.js';
import { type Target, tableOf } from './target.js';

/** How many learners one transaction locks. */
const LEARNERS_PER_TRANSACTION = 1_000;

/**
 * Statements that change nothing, and wait until all transactions that have read the schema's row have ended: from then on, every process
 * works as that row says.
 */
export function lockSchema(target: Target): readonly Fragment[] {
  const schema = tableOf(target, 'schema');
  switch (target.dialect) {
    case 'postgres':
      return [sql`ALTER TABLE ${schema} ALTER COLUMN description SET NOT NULL`];
    case 'mysql':
      return [sql`ALTER TABLE ${schema} ALTER COLUMN one SET DEFAULT 1`];
    case 'sqlite':
      // It has one writer at a time.
      return [];
    default:
      return target.dialect satisfies never;
  }
}

/** The statement that copies what learners hold into the table of assignments, where it is missing; for all learners, or for some. */
export function fillStatement(target: Target, which = raw('')): Fragment {
  const { dialect } = target;
  const { table, no } = heldNumbers(dialect, raw('l.held'));
  return sql`INSERT INTO ${tableOf(target, 'assignments')} (tenant, learner_id, pair_no)
SELECT l.tenant, l.learner_id, ${no} FROM ${tableOf(target, 'learners')} AS l CROSS JOIN ${table}
WHERE l.held <> ''${which} ${onConflict(dialect, 'tenant, learner_id, pair_no')}`;
}

/** Copies what all learners hold, a batch of locked learners at a time, each in its own transaction. */
export async function fillAssignments(driver: SqlDriver, target: Target): Promise<void> {
  const inBatch = <T>(work: (tx: SqlDriver) => Promise<T>): Promise<T> =>
    retryingLocks(driver, (tx) => withRowSecurityOff(tx, () => work(tx)));
  for (let tenant = await inBatch((tx) => nextTenant(tx, target)); tenant !== undefined; ) {
    const current: string = tenant;
    for (let after: LearnerId | undefined; ; ) {
      const from = after;
      after = await inBatch((tx) => fillBatch(tx, target, current, from));
      if (after === undefined) break;
    }
    tenant = await inBatch((tx) => nextTenant(tx, target, current));
  }
}

async function nextTenant(tx: SqlDriver, target: Target, after?: string): Promise<string | undefined> {
  const { dialect } = target;
  const follows = isInRange(dialect, 'text', raw('tenant'), after === undefined ? {} : { after });
  const [found] = await select<[tenant: string]>(
    tx,
    [asText(dialect, raw('tenant'))],
    sql`FROM ${tableOf(target, 'learners')} WHERE ${follows} ORDER BY tenant LIMIT 1`,
  );
  return found?.[0];
}

/** Returns the last learner of the batch; undefined if none was left. */
async function fillBatch(
  tx: SqlDriver,
  target: Target,
  tenant: string,
  after?: LearnerId,
): Promise<LearnerId | undefined> {
  const { dialect, learnerIds } = target;
  const rangeOf = (id: Fragment, upTo?: LearnerId): Fragment =>
    isInRange(dialect, learnerIds, id, { ...(after !== undefined && { after }), ...(upTo !== undefined && { upTo }) });
  const locked = await select<[LearnerId]>(
    tx,
    [asText(dialect, raw('learner_id'))],
    sql`FROM ${tableOf(target, 'learners')} WHERE tenant = ${tenant} AND held <> '' AND ${rangeOf(raw('learner_id'))}
      ORDER BY learner_id LIMIT ${raw(String(LEARNERS_PER_TRANSACTION))} ${raw(dialect === 'sqlite' ? '' : 'FOR UPDATE')}`,
  );
  const last = locked.at(-1)?.[0];
  if (last !== undefined)
    await run(tx, fillStatement(target, sql` AND l.tenant = ${tenant} AND ${rangeOf(raw('l.learner_id'), last)}`));
  return last;
}
