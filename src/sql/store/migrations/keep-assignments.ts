import type { SqlDriver } from '../../statement/driver.js';
import { type Fragment, run, sql } from '../../statement/fragment.js';
import { tablesOf } from '../../statement/tables.js';
import { readSchemaRow, type SchemaRow } from '../schema-row.js';
import { fillAssignments, lockSchema } from './fill-assignments.js';
import { withMigrationLock } from './locks.js';
import { type Target, tableOf } from './target.js';

type State = NonNullable<SchemaRow['assignments']>;

/**
 * Starts or stops keeping the table of assignments, and completes what an earlier call began. While it is filled, processes write to it, and do
 * not read it.
 */
export async function keepAssignments(driver: SqlDriver, target: Target, isKept: boolean): Promise<void> {
  const during = (work: (tx: SqlDriver, row: SchemaRow) => Promise<void>): Promise<void> =>
    withMigrationLock(driver, target, async (tx) =>
      work(tx, (await readSchemaRow(tx, tablesOf(target.dialect, target.prefix)))!),
    );
  if (!isKept) {
    await during(async (tx, row) => {
      if (row.assignments !== 'off') await recordState(tx, target, row, 'off');
    });
    return;
  }
  let isFilled = false;
  await during(async (tx, row) => {
    isFilled = row.assignments === 'on';
    if (row.assignments !== 'off') return;
    // What was written before it was turned off is out of date.
    await run(tx, emptied(target));
    await recordState(tx, target, row, 'filling');
  });
  if (isFilled) return;
  await during(async (tx) => {
    for (const statement of lockSchema(target)) await run(tx, statement);
  });
  await fillAssignments(driver, target);
  await during(async (tx, row) => {
    if (row.assignments === 'filling') await recordState(tx, target, row, 'on');
  });
}

function emptied(target: Target): Fragment {
  const table = tableOf(target, 'assignments');
  return target.dialect === 'sqlite' ? sql`DELETE FROM ${table}` : sql`TRUNCATE TABLE ${table}`;
}

/** Records the state, and that processes which do not know the table may no longer write once it is kept. */
async function recordState(tx: SqlDriver, target: Target, row: SchemaRow, assignments: State): Promise<void> {
  const oldestWriter = assignments === 'off' ? (row.oldestWriter ?? 1) : Math.max(row.oldestWriter ?? 1, 4);
  const description = JSON.stringify({ ...row, oldestWriter, assignments });
  await run(tx, sql`UPDATE ${tableOf(target, 'schema')} SET description = ${description} WHERE one = 1`);
}
