// Compiled, never run: each wrapper accepts its client by the client's own types.
import { DatabaseSync } from 'node:sqlite';
import { PGlite } from '@electric-sql/pglite';
import { createClient } from '@libsql/client';
import { PrismaMariaDb } from '@prisma/adapter-mariadb';
import { PrismaPg } from '@prisma/adapter-pg';
import Database from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { drizzle as drizzleMysql } from 'drizzle-orm/mysql2';
import { drizzle as drizzlePg } from 'drizzle-orm/node-postgres';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import { drizzle as drizzlePostgresJs } from 'drizzle-orm/postgres-js';
import knex from 'knex';
import { Kysely, PostgresDialect } from 'kysely';
import mysql from 'mysql2/promise';
import pg from 'pg';
import postgres from 'postgres';
import { Sequelize } from 'sequelize';
import { DataSource } from 'typeorm';
import { fromBetterSqlite3 } from '../../../src/sql/drivers/better-sqlite3.js';
import { fromDrizzle } from '../../../src/sql/drivers/drizzle.js';
import { fromKnex } from '../../../src/sql/drivers/knex.js';
import { fromKysely } from '../../../src/sql/drivers/kysely.js';
import { fromLibsql } from '../../../src/sql/drivers/libsql.js';
import { fromMysql2 } from '../../../src/sql/drivers/mysql2.js';
import { fromNodeSqlite } from '../../../src/sql/drivers/node-sqlite.js';
import { fromPg } from '../../../src/sql/drivers/pg.js';
import { fromPglite } from '../../../src/sql/drivers/pglite.js';
import { fromPostgresJs } from '../../../src/sql/drivers/postgres-js.js';
import { fromPrisma } from '../../../src/sql/drivers/prisma.js';
import { fromSequelize } from '../../../src/sql/drivers/sequelize.js';
import { fromTypeOrm } from '../../../src/sql/drivers/typeorm.js';
import type { SqlDriver } from '../../../src/sql/statement/driver.js';
import { PrismaClient as PrismaMysqlClient } from '../prisma/generated/mysql/client.js';
import { PrismaClient } from '../prisma/generated/postgres/client.js';

/** Every way to create a driver, from a client and from a transaction. */
export async function accepts(): Promise<SqlDriver[]> {
  const made: SqlDriver[] = [];
  const pool = new pg.Pool();
  made.push(fromPg(pool), fromPg(await pool.connect()), fromPg(new pg.Client()));

  const lite = new PGlite();
  made.push(fromPglite(lite));
  await lite.transaction(async (tx) => made.push(fromPglite(tx)));

  const js = postgres();
  made.push(fromPostgresJs(js), fromPostgresJs(await js.reserve()));
  await js.begin((tx) => made.push(fromPostgresJs(tx)));

  const my = mysql.createPool({});
  made.push(fromMysql2(my), fromMysql2(await my.getConnection()), fromMysql2(await mysql.createConnection({})));

  made.push(fromNodeSqlite(new DatabaseSync(':memory:'), { busyTimeout: 1 }));
  made.push(fromBetterSqlite3(new Database(':memory:'), { busyTimeout: 1 }));

  const kysely = new Kysely<{ t: { id: number } }>({ dialect: new PostgresDialect({ pool }) });
  made.push(fromKysely(kysely, { dialect: 'postgres' }));
  await kysely.transaction().execute(async (trx) => made.push(fromKysely(trx, { dialect: 'postgres' })));

  const base = knex({ client: 'pg' });
  made.push(fromKnex(base));
  await base.transaction(async (trx) => made.push(fromKnex(trx)));

  const onPg = drizzlePg(pool);
  made.push(fromDrizzle(onPg, sql), fromDrizzle(drizzlePostgresJs(js), sql), fromDrizzle(drizzlePglite(lite), sql));
  await onPg.transaction(async (tx) => made.push(fromDrizzle(tx, sql)));
  const onMysql = drizzleMysql(my);
  made.push(fromDrizzle(onMysql, sql, { dialect: 'mysql' }));
  await onMysql.transaction(async (tx) => made.push(fromDrizzle(tx, sql, { dialect: 'mysql' })));

  const dataSource = new DataSource({ type: 'postgres' });
  made.push(fromTypeOrm(dataSource), fromTypeOrm(dataSource.manager));
  await dataSource.transaction(async (manager) => made.push(fromTypeOrm(manager)));

  const sequelize = new Sequelize('postgres://127.0.0.1/lms');
  made.push(fromSequelize(sequelize));
  await sequelize.transaction(async (transaction) => made.push(fromSequelize(sequelize, { transaction })));

  const libsql = createClient({ url: ':memory:' });
  made.push(fromLibsql(libsql, { busyTimeout: 1 }), fromLibsql(await libsql.transaction('write')));

  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  made.push(fromPrisma(prisma));
  await prisma.$transaction(async (tx) => made.push(fromPrisma(tx)));
  const onMariadb = new PrismaMysqlClient({ adapter: new PrismaMariaDb({}) });
  made.push(fromPrisma(onMariadb, { dialect: 'mysql' }));
  await onMariadb.$transaction(async (tx) => made.push(fromPrisma(tx, { dialect: 'mysql' })));
  return made;
}
