export { createSqlEnrolments, type SqlEnrolments, type SqlEnrolmentsOptions } from './create-sql-enrolments.js';
export { createSqlRepositories, type SqlRepositoriesOptions } from './create-sql-repositories.js';
export type { TransactionOptions } from './drivers/base/transaction-options.js';
export { type BetterSqlite3Database, fromBetterSqlite3 } from './drivers/better-sqlite3.js';
export { type DrizzleDatabase, type DrizzleOptions, type DrizzleSql, fromDrizzle } from './drivers/drizzle.js';
export { fromKnex, type KnexDatabase, type KnexOptions } from './drivers/knex.js';
export { fromKysely, type KyselyDatabase, type KyselyOptions } from './drivers/kysely.js';
export { fromLibsql, type LibsqlClient, type LibsqlOptions, type LibsqlTransaction } from './drivers/libsql.js';
export { fromMikroOrm, type MikroOrmEntityManager } from './drivers/mikro-orm.js';
export { fromMysql2, type Mysql2Connection, type Mysql2Pool } from './drivers/mysql2.js';
export { fromNodeSqlite, type NodeSqliteDatabase } from './drivers/node-sqlite.js';
export { fromPg, type PgClient, type PgPool } from './drivers/pg.js';
export { fromPglite, type Pglite, type PgliteTransaction } from './drivers/pglite.js';
export { fromPostgresJs, type PostgresJs, type PostgresJsTransaction } from './drivers/postgres-js.js';
export { fromPrisma, type PrismaClient, type PrismaOptions, type PrismaTransaction } from './drivers/prisma.js';
export {
  fromSequelize,
  type SequelizeDatabase,
  type SequelizeOptions,
  type SequelizeTransaction,
} from './drivers/sequelize.js';
export type { SqliteOptions } from './drivers/sqlite/sqlite.js';
export {
  fromTypeOrm,
  type TypeOrmDataSource,
  type TypeOrmEntityManager,
  type TypeOrmQueryRunner,
} from './drivers/typeorm.js';
export type {
  Constant,
  ConstantMethod,
  EnrolmentsTable,
  HostTable,
  HostTables,
  KeptTraining,
  LearnersTable,
  ListColumn,
} from './host/columns/host-tables.js';
export type { IndividualEnrolment, LearnerTraining, SqlHost } from './host/host.js';
export { sqlHost } from './host/sql-host.js';
export { MAX_PARAMETERS, MAX_RESULT_BYTES, MAX_STATEMENT_LENGTH } from './statement/bounds.js';
export type { Dialect, SqlDriver, SqlParameter } from './statement/driver.js';
export type { IdKind } from './statement/id-kind.js';
export { type MigrationSqlOptions, migrate, migrationSql } from './store/migrate.js';
export type { SchemaOptions } from './store/migrations/target.js';
export { type Difference, type VerifyOptions, verify } from './store/verify.js';
