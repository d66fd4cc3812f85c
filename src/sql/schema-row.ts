import type { SqlDriver } from './driver.js';
import { ask, type Fragment, sql } from './fragment.js';
import type { IdKind } from './id-kind.js';
import { refused } from './identifier.js';
import type { Session } from './session.js';
import type { Tables } from './tables.js';

/** The step that this library brings its tables to, and needs. */
export const STEP = 3;

/** What the tables record about themselves, as JSON text in the one row of the table `schema`. */
export interface SchemaRow {
  /** What libraries from before there were steps compare with their own version, which is 1. */
  readonly version: number;
  readonly learnerIds: IdKind;
  /** The last step that was applied. The tables of step 1 do not have it. */
  readonly step?: number;
  /** The lowest step whose libraries may still write. */
  readonly oldestWriter?: number;
}

/** Returns the row, which MySQL may not have yet where tables were made in part. */
export async function readSchemaRow(driver: SqlDriver, tables: Tables): Promise<SchemaRow | undefined> {
  const [found] = await ask<SchemaRow>(driver, sql`SELECT description AS j FROM ${tables.schema}`);
  return found;
}

/** Returns the last step that was applied to tables with this row. */
export function stepOf(row: SchemaRow | undefined): number {
  return row ? (row.step ?? 1) : 0;
}

/** Checks the tables once for all transactions, before anything else is asked. */
export async function checkSchemaOnce({ db, setting }: Session): Promise<void> {
  if (setting.isChecked) return;
  await checkSchema(db, setting.tables, setting.host.learnerIds);
  setting.isChecked = true;
}

/** Refuses tables that this library cannot work on, or that hold ids of another kind. */
export async function checkSchema(driver: SqlDriver, tables: Tables, learnerIds: IdKind = 'text'): Promise<void> {
  const row = await readSchemaRow(driver, tables);
  checkStep(row);
  checkWriter(row);
  checkLearnerIds(row, tables, learnerIds);
}

/** Refuses tables that are still to be migrated. */
function checkStep(row: SchemaRow | undefined): asserts row is SchemaRow {
  const step = stepOf(row);
  if (step >= STEP) return;
  throw refused(
    'prefix',
    `The library's tables are at step ${step}, and this version of smart-enrolments needs step ${STEP}: run migrate(driver) of this version.`,
  );
}

/** Refuses tables that a later library has changed so that this one must not write to them any more. */
export function checkWriter(row: SchemaRow): void {
  const { oldestWriter = 1 } = row;
  if (oldestWriter <= STEP) return;
  throw refused(
    'prefix',
    `The library's tables are at step ${stepOf(row)}, and only versions of smart-enrolments of step ${oldestWriter} or later may write to them; this version is of step ${STEP}: update smart-enrolments in this process.`,
  );
}

/** Refuses ids of another kind than the tables were made for. */
export function checkLearnerIds(row: SchemaRow, tables: Tables, learnerIds: IdKind): void {
  if (row.learnerIds === learnerIds) return;
  const names = Object.values<Fragment>(tables).map(({ texts }) => texts.join(''));
  throw refused(
    'learnerIds',
    `The tables were made for ids of learners that are ${row.learnerIds}, not ${learnerIds}: sqlHost({ learners: { ids } }) and migrate(driver, { learnerIds }) have to say the same. If these do and the tables hold nothing yet, drop them and migrate again: DROP TABLE ${names.join(', ')}.`,
  );
}
