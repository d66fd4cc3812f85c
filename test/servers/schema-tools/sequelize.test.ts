import { describe, expect, inject, test } from 'vitest';
import { peer } from '../peer.js';
import { onThrowaway, type Throwaway } from './throwaway.js';

const { postgres: missing } = inject('missing');

/** Uses a Sequelize whose one model has a column that the application's table lacks; resolves with the changes of tables that it sent. */
async function withSequelize(
  { url }: Throwaway,
  // biome-ignore lint/suspicious/noExplicitAny: the project has no types of its clients.
  work: (sequelize: any) => Promise<unknown>,
): Promise<string[]> {
  const { Sequelize, DataTypes } = peer('sequelize');
  const sent: string[] = [];
  const sequelize = new Sequelize(url, { logging: (text: string) => sent.push(text) });
  const columns = { id: { type: DataTypes.INTEGER, primaryKey: true }, site: DataTypes.TEXT };
  sequelize.define('User', columns, { tableName: 'users', timestamps: false });
  try {
    await work(sequelize);
  } finally {
    await sequelize.close();
  }
  return sent
    .map((text) => text.replace('Executing (default): ', ''))
    .filter((text) => /^(ALTER|CREATE|DROP) /.test(text));
}

describe.skipIf(missing !== '')(`sync of Sequelize ${missing}`, () => {
  test('sync({ alter: true }) and sync({ force: true }) of Sequelize change only tables of models, without a setting', () =>
    onThrowaway({}, async (database) => {
      const before = await database.libraryOwns();
      expect(await withSequelize(database, (sequelize) => sequelize.sync({ alter: true }))).toEqual([
        'ALTER TABLE "public"."users" ADD COLUMN "site" TEXT;',
      ]);
      expect(await database.columnsOfUsers()).toEqual(['id', 'site']);
      const forced = await withSequelize(database, (sequelize) => sequelize.sync({ force: true }));
      expect(forced.join('\n')).toContain('DROP TABLE IF EXISTS "users"');
      expect(forced.join('\n')).not.toContain('smart_enrolments');
      expect(await database.libraryOwns()).toEqual(before);
    }));

  test('dropAllTables of Sequelize drops the tables of the library in the application schema, and keeps them in a schema of their own', async () => {
    const dropAll = (database: Throwaway) =>
      withSequelize(database, (sequelize) => sequelize.getQueryInterface().dropAllTables());
    await onThrowaway({}, async (database) => {
      expect(await database.libraryOwns()).toHaveLength(9);
      await dropAll(database);
      expect(await database.libraryOwns()).toEqual([]);
    });
    await onThrowaway({ schema: 'enrolments' }, async (database) => {
      const before = await database.libraryOwns();
      expect((await dropAll(database)).join('\n')).toContain('DROP TABLE IF EXISTS "users"');
      expect(await database.libraryOwns()).toEqual(before);
    });
  });
});
