import { createRequire } from 'node:module';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { install } from '../../tooling/install.js';
import { skipped } from '../drivers/skipped.js';
import { HAS_MIKRO_ORM } from '../newer-node.js';
import { onMariadbThrowaway, onThrowaway, type Throwaway } from './throwaway.js';

const NAME = 'the schema update of MikroORM';
const folder = new URL('../../mikro-orm/', import.meta.url);
const missing = inject('missing');

/** Uses MikroORM with one entity that has a column that the application's table lacks. */
async function withMikroOrm(
  { name, url }: Throwaway,
  schemaGenerator: object,
  // biome-ignore lint/suspicious/noExplicitAny: the project has no types of its clients.
  work: (orm: any) => Promise<void>,
): Promise<void> {
  const { MikroORM, EntitySchema } = createRequire(new URL('package.json', folder))(
    `@mikro-orm/${url.startsWith('mysql:') ? 'mariadb' : 'postgresql'}`,
  );
  const properties = {
    id: { type: 'integer', primary: true, autoincrement: false },
    site: { type: 'text', nullable: true },
  };
  const user = new EntitySchema({ name: 'User', tableName: 'users', properties });
  const orm = await MikroORM.init({ entities: [user], clientUrl: url, dbName: name, schemaGenerator });
  try {
    await work(orm);
  } finally {
    await orm.close();
  }
}

if (!HAS_MIKRO_ORM) skipped(NAME, `MikroORM needs Node 22.17; this is ${process.version}`);
else if (missing.postgres || missing.mariadb) skipped(NAME, missing.postgres || missing.mariadb);
else
  describe(NAME, () => {
    beforeAll(() => install(folder, 'MikroORM', ['@mikro-orm/postgresql']));

    test('the schema update of MikroORM drops tables of no entity, the tables of the library included', () =>
      onThrowaway({}, async (database) => {
        expect(await database.libraryOwns()).toHaveLength(9);
        await withMikroOrm(database, {}, async (orm) => {
          expect(await orm.schema.getUpdateSchemaSQL()).toContain('drop table if exists "smart_enrolments_learners"');
          await orm.schema.update();
        });
        expect(await database.libraryOwns()).toEqual([]);
      }));

    test('the schema update of MikroORM drops the schema of the library with its tables', () =>
      onThrowaway({ schema: 'enrolments' }, async (database) => {
        await withMikroOrm(database, {}, async (orm) => {
          const plan: string = await orm.schema.getUpdateSchemaSQL();
          expect(plan).toContain('drop table if exists "enrolments"."smart_enrolments_learners"');
          expect(plan).toContain('drop schema if exists "enrolments"');
        });
      }));

    test.each([
      ['skipTables', undefined, { skipTables: [/^smart_enrolments_/] }],
      ['ignoreSchema, in a schema of their own', 'enrolments', { ignoreSchema: ['enrolments'] }],
    ])('the schema update of MikroORM keeps the tables of the library with %s', (_, schema, settings) =>
      onThrowaway({ ...(schema && { schema }) }, async (database) => {
        const before = await database.libraryOwns();
        await withMikroOrm(database, settings, async (orm) => {
          expect(await orm.schema.getUpdateSchemaSQL()).not.toMatch(/drop|smart_enrolments/i);
          await orm.schema.update();
        });
        expect(await database.libraryOwns()).toEqual(before);
        expect(await database.columnsOfUsers()).toEqual(['id', 'site']);
      }),
    );

    test('the schema update of MikroORM keeps the tables of the library on MariaDB with skipTables', () =>
      onMariadbThrowaway(async (database) => {
        const before = await database.libraryOwns();
        await withMikroOrm(database, {}, async (orm) => {
          expect(await orm.schema.getUpdateSchemaSQL()).toContain('drop table if exists `smart_enrolments_learners`');
        });
        await withMikroOrm(database, { skipTables: [/^smart_enrolments_/] }, async (orm) => {
          expect(await orm.schema.getUpdateSchemaSQL()).not.toMatch(/drop table|smart_enrolments/i);
          await orm.schema.update();
        });
        expect(await database.libraryOwns()).toEqual(before);
        expect(await database.columnsOfUsers()).toEqual(['id', 'site']);
      }));
  });
