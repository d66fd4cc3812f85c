import { parse } from '../../validate/issues.js';
import { checkDialect, checkDriver, checkSchemaOptions } from '../check-options.js';
import type { Dialect, SqlDriver } from '../statement/driver.js';
import { tablesOf } from '../statement/tables.js';
import { keepAssignments } from './migrations/keep-assignments.js';
import { applySteps, findSchemaRow, printSteps } from './migrations/steps.js';
import { type SchemaOptions, targetOf } from './migrations/target.js';
import { checkLearnerIds, checkSchema, checkWriter, STEP, stepOf } from './schema-row.js';

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
  const target = targetOf(driver.dialect, options);
  const tables = tablesOf(driver.dialect, options.prefix);
  const row = await findSchemaRow(driver, target);
  if (row) {
    checkWriter(row);
    checkLearnerIds(row, tables, target.learnerIds);
  }
  if (stepOf(row) < STEP) await applySteps(driver, target, stepOf(row));
  const { assignments } = await checkSchema(driver, tables, target.learnerIds);
  const isKept = options.assignmentsTable ?? assignments !== 'off';
  if (assignments !== (isKept ? 'on' : 'off')) await keepAssignments(driver, target, isKept);
}

/** Returns the statements that {@link migrate} runs, as plain SQL, for hosts that run their own migrations. */
export function migrationSql(dialect: Dialect, options: MigrationSqlOptions = {}): string {
  parse((issues) => {
    checkDialect(dialect, issues);
    checkSchemaOptions(options, issues, { from: STEP });
  });
  return printSteps(targetOf(dialect, options), options.from ?? 0);
}
