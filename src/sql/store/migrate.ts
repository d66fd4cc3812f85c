import { parse } from '../../validate/issues.js';
import { checkDialect, checkDriver, checkSchemaOptions } from '../check-options.js';
import type { Dialect, SqlDriver } from '../statement/driver.js';
import type { IdKind } from '../statement/id-kind.js';
import { tablesOf } from '../statement/tables.js';
import { applySteps, findSchemaRow, printSteps } from './migrations/steps.js';
import { targetOf } from './migrations/target.js';
import { checkLearnerIds, checkSchema, checkWriter, STEP, stepOf } from './schema-row.js';

/** How the library's tables are created. */
export interface SchemaOptions {
  /** The prefix of their names. Default `smart_enrolments_`; `schema.prefix_` puts them in a schema. */
  readonly prefix?: string;
  /** The kind of the host's learner ids. Default `text`. */
  readonly learnerIds?: IdKind;
}

/** Which migration steps to print. */
export interface MigrationSqlOptions extends SchemaOptions {
  /** The last applied step. Default 0: all steps are printed. */
  readonly from?: number;
}

/**
 * Creates the library's tables, or migrates existing ones to the step that this library needs, in place and while other processes work. Does
 * nothing if they are already at that step, or at a later one that this library may write to. Processes may call it concurrently. After a crash or
 * an error, calling it again continues. Rejects with `invalid_input` for invalid options and if this library may no longer write to the tables,
 * otherwise with the database's own error.
 */
export async function migrate(given: SqlDriver, options: SchemaOptions = {}): Promise<void> {
  parse((issues) => {
    checkDriver(given, issues);
    checkSchemaOptions(options, issues);
  });
  const driver = given.current?.() ?? given;
  const target = targetOf(driver.dialect, options.prefix, options.learnerIds);
  const tables = tablesOf(driver.dialect, options.prefix);
  const row = await findSchemaRow(driver, target);
  if (row) {
    checkWriter(row);
    checkLearnerIds(row, tables, target.learnerIds);
  }
  if (stepOf(row) >= STEP) return;
  await applySteps(driver, target, stepOf(row));
  await checkSchema(driver, tables, target.learnerIds);
}

/** Returns the statements that {@link migrate} runs, as plain SQL, for hosts that run their own migrations. */
export function migrationSql(dialect: Dialect, options: MigrationSqlOptions = {}): string {
  parse((issues) => {
    checkDialect(dialect, issues);
    checkSchemaOptions(options, issues, { from: STEP });
  });
  return printSteps(targetOf(dialect, options.prefix, options.learnerIds), options.from ?? 0);
}
