import { parse } from '../validate/issues.js';
import type { Dialect, SqlDriver } from './driver.js';
import type { IdKind } from './id-kind.js';
import { applySteps, findSchemaRow, printSteps } from './migrations/steps.js';
import { targetOf } from './migrations/target.js';
import { checkDialect, checkDriver, checkSchemaOptions } from './options.js';
import { checkLearnerIds, checkSchema, checkWriter, STEP, stepOf } from './schema-row.js';
import { tablesOf } from './tables.js';

/** How the tables are made. */
export interface SchemaOptions {
  /** What their names begin with. Default `smart_enrolments_`; `schema.prefix_` puts them in a schema. */
  readonly prefix?: string;
  /** What the ids of the host's learners are. Default `text`. */
  readonly learnerIds?: IdKind;
}

/** Which steps are printed. */
export interface MigrationSqlOptions extends SchemaOptions {
  /** The last step that was applied. Default 0: all steps are printed. */
  readonly from?: number;
}

/**
 * Makes the library's tables, or brings existing ones to the step that this library needs, in place and while other processes work; does
 * nothing where that was done. Two processes may call it at the same time. After a crash, or an error, calling it again continues. On tables of
 * a later step it does nothing if this library may write to them. Rejects with `invalid_input` for options that are not as described and where
 * this library may no longer write, else with the database's own error.
 */
export async function migrate(driver: SqlDriver, options: SchemaOptions = {}): Promise<void> {
  parse((issues) => {
    checkDriver(driver, issues);
    checkSchemaOptions(options, issues);
  });
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

/** Returns the statements that {@link migrate} runs, as plain SQL, for hosts that run migrations of their own. */
export function migrationSql(dialect: Dialect, options: MigrationSqlOptions = {}): string {
  parse((issues) => {
    checkDialect(dialect, issues);
    checkSchemaOptions(options, issues, { from: STEP });
  });
  return printSteps(targetOf(dialect, options.prefix, options.learnerIds), options.from ?? 0);
}
