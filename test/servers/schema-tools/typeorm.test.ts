import { describe, expect, inject, test } from 'vitest';
import { peer } from '../peer.js';
import { onThrowaway, type Throwaway } from './throwaway.js';

const { postgres: missing } = inject('missing');

/** Uses a data source whose one entity has a column that the application's table lacks. */
async function withTypeorm(
  { url }: Throwaway,
  // biome-ignore lint/suspicious/noExplicitAny: the project has no types of its clients.
  work: (source: any) => Promise<void>,
): Promise<void> {
  const { DataSource, EntitySchema } = peer('typeorm');
  const columns = { id: { type: 'int', primary: true }, site: { type: 'text', nullable: true } };
  const user = new EntitySchema({ name: 'User', tableName: 'users', columns });
  const source = new DataSource({ type: 'postgres', url, entities: [user] });
  await source.initialize();
  try {
    await work(source);
  } finally {
    await source.destroy();
  }
}

describe.skipIf(missing !== '')(`synchronize of TypeORM ${missing}`, () => {
  test('synchronize of TypeORM keeps tables of no entity, the tables of the library included, without a setting', () =>
    onThrowaway({}, async (database) => {
      const before = await database.libraryOwns();
      await withTypeorm(database, async (source) => {
        const { upQueries } = await source.driver.createSchemaBuilder().log();
        expect(upQueries.map(({ query }: { query: string }) => query)).toEqual(['ALTER TABLE "users" ADD "site" text']);
        await source.synchronize();
      });
      expect(await database.libraryOwns()).toEqual(before);
      expect(await database.columnsOfUsers()).toEqual(['id', 'site']);
    }));

  test('dropSchema and synchronize(true) of TypeORM drop all tables of the application schema, the tables of the library included', () =>
    onThrowaway({}, async (database) => {
      expect(await database.libraryOwns()).toHaveLength(9);
      await withTypeorm(database, (source) => source.synchronize(true));
      expect(await database.libraryOwns()).toEqual([]);
    }));

  test('synchronize(true) of TypeORM keeps the tables of the library in a schema of their own', () =>
    onThrowaway({ schema: 'enrolments' }, async (database) => {
      const before = await database.libraryOwns();
      await withTypeorm(database, (source) => source.synchronize(true));
      expect(await database.libraryOwns()).toEqual(before);
      expect(await database.columnsOfUsers()).toEqual(['id', 'site']);
    }));
});
