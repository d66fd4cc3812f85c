import type { SqlDriver } from '../statement/driver.js';
import { type Fragment, queryJson, sql } from '../statement/fragment.js';
import type { IdKind } from '../statement/id-kind.js';
import { invalidOption } from '../statement/identifier.js';
import type { Tables } from '../statement/tables.js';
import type { Session, StoreState } from '../transaction/session.js';

/** The step to which this library migrates its tables, and which it needs. */
export const STEP = 4;

/** The state of the tables, stored as JSON text in the only row of the table `schema`. */
export interface SchemaRow {
  /** Library versions without steps compare it with their own version, which is 1. */
  readonly version: number;
  readonly learnerIds: IdKind;
  /** The last applied step. The tables of step 1 do not have it. */
  readonly step?: number;
  /** The lowest step whose library versions may still write. */
  readonly oldestWriter?: number;
  /**
   * Whether processes write to the table of assignments. While it is `filling` they do, and do not read it. Tables before step 4 do not have it.
   */
  readonly assignments?: 'off' | 'filling' | 'on';
}

/** Returns the row; undefined if it does not exist yet, as on MySQL while the tables are only partly created. */
export async function readSchemaRow(driver: SqlDriver, tables: Tables): Promise<SchemaRow | undefined> {
  const [found] = await queryJson<SchemaRow>(driver, sql`SELECT description AS j FROM ${tables.schema}`);
  return found;
}

/** Returns the last step applied to tables with this row. */
export function stepOf(row: SchemaRow | undefined): number {
  return row ? (row.step ?? 1) : 0;
}

/** Checks the tables before the first query; once for all transactions. */
export async function checkSchemaOnce({ db, store }: Session): Promise<void> {
  if (store.isChecked) return;
  const row = await checkSchema(db, store.tables, store.kind);
  checkUse(row, store);
  store.isChecked = true;
}

/** Checks the tables in this transaction, unless that is done: they may have been migrated since the last one. */
export async function checkSchemaInside(session: Session): Promise<void> {
  if (session.hasReadSchema) return;
  checkUse((await readSchemaRow(session.db, session.store.tables))!, session.store);
  session.recordSchemaRead();
}

/** Throws if a process may no longer write to the tables, or would not write all of them that are kept. */
export function checkUse(row: SchemaRow, { keepsAssignments }: Pick<StoreState, 'keepsAssignments'>): void {
  checkWriter(row);
  const isKept = row.assignments !== 'off';
  if (isKept === keepsAssignments) return;
  throw invalidOption(
    'assignmentsTable',
    isKept
      ? "The table of assignments is kept in the library's tables, so a process with assignmentsTable: false must not write to them. Remove that option here, or set it in every process and run migrate(driver, { assignmentsTable: false })."
      : "The table of assignments is not kept in the library's tables. Run migrate(driver, { assignmentsTable: true }), or set assignmentsTable: false in every process.",
  );
}

/** Throws if this library cannot use the tables, or if they hold ids of another kind. */
export async function checkSchema(driver: SqlDriver, tables: Tables, learnerIds: IdKind): Promise<SchemaRow> {
  const row = await readSchemaRow(driver, tables);
  checkStep(row);
  checkWriter(row);
  checkLearnerIds(row, tables, learnerIds);
  return row;
}

/** Throws if the tables are not migrated yet. */
function checkStep(row: SchemaRow | undefined): asserts row is SchemaRow {
  const step = stepOf(row);
  if (step >= STEP) return;
  throw invalidOption(
    'prefix',
    `The library's tables are at step ${step}, but this version of smart-enrolments needs step ${STEP}. Run migrate(driver) of this version.`,
  );
}

/** Throws if a later version of the library has changed the tables so that this one may no longer write to them. */
export function checkWriter(row: SchemaRow): void {
  const { oldestWriter = 1 } = row;
  if (oldestWriter <= STEP) return;
  throw invalidOption(
    'prefix',
    `The library's tables are at step ${stepOf(row)}: only versions of smart-enrolments for step ${oldestWriter} or later may write to them, and this version is for step ${STEP}. Update smart-enrolments in this process.`,
  );
}

/** Throws if the tables were created for another kind of ids. */
export function checkLearnerIds(row: SchemaRow, tables: Tables, learnerIds: IdKind): void {
  if (row.learnerIds === learnerIds) return;
  const names = Object.values<Fragment>(tables).map(({ texts }) => texts.join(''));
  throw invalidOption(
    'learnerIds',
    `The library's tables were created for learner ids of kind ${row.learnerIds}, not ${learnerIds}. Set the same kind in sqlHost({ learners: { ids } }) and migrate(driver, { learnerIds }). If both are right and the tables are empty, drop them and migrate again: DROP TABLE ${names.join(', ')}.`,
  );
}
