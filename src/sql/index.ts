export { createSqlRepositories, type SqlRepositoriesOptions } from './create-sql-repositories.js';
export type { Dialect, SqlDriver, SqlParameter } from './driver.js';
export type { IndividualEnrolment, LearnerTraining, SqlHost } from './host.js';
export type { HostTable, HostTables, LearnersTable } from './host-tables.js';
export type { IdKind } from './id-kind.js';
export { migrate, migrationSql, type SchemaOptions } from './migrate.js';
export { sqlHost } from './sql-host.js';
