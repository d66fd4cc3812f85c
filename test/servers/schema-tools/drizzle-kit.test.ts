import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { onMariadbThrowaway, onThrowaway } from './throwaway.js';

const missing = inject('missing');
const root = fileURLToPath(new URL('../../../', import.meta.url));

const ON_POSTGRES = `import { integer, pgTable, text } from 'drizzle-orm/pg-core';

export const users = pgTable('users', { id: integer('id').primaryKey(), site: text('site') });
`;
const ON_MARIADB = `import { int, mysqlTable, text } from 'drizzle-orm/mysql-core';

export const users = mysqlTable('users', { id: int('id').notNull(), site: text('site') });
`;

let folder: string;
beforeAll(() => {
  mkdirSync(join(root, '.scratch'), { recursive: true });
  folder = mkdtempSync(join(root, '.scratch', 'drizzle-kit-'));
  symlinkSync(join(root, 'test/servers/node_modules'), join(folder, 'node_modules'), 'junction');
  writeFileSync(join(folder, 'postgresql.ts'), ON_POSTGRES);
  writeFileSync(join(folder, 'mysql.ts'), ON_MARIADB);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs `drizzle-kit push` with these settings, and returns what it prints, the statements included. */
function push(dialect: 'postgresql' | 'mysql', url: string, settings: object): string {
  const config = { dialect, schema: `./${dialect}.ts`, dbCredentials: { url }, ...settings };
  writeFileSync(join(folder, 'drizzle.config.json'), JSON.stringify(config));
  const cli = join(folder, 'node_modules/drizzle-kit/bin.cjs');
  const args = [cli, 'push', '--config', 'drizzle.config.json', '--force', '--verbose'];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', timeout: 50_000 });
  return stdout + stderr;
}

describe.skipIf(missing.postgres !== '')(`drizzle-kit push on PostgreSQL ${missing.postgres}`, () => {
  test('drizzle-kit push drops tables and sequences that its schema lacks, the tables of the library included', () =>
    onThrowaway({}, async ({ url, libraryOwns }) => {
      expect(await libraryOwns()).toHaveLength(9);
      expect(push('postgresql', url, {})).toContain('DROP TABLE "smart_enrolments_learners" CASCADE');
      expect(await libraryOwns()).toEqual([]);
    }));

  test('tablesFilter keeps the tables of the library, but drizzle-kit push then fails on their sequence', () =>
    onThrowaway({}, async ({ url, libraryOwns }) => {
      const before = await libraryOwns();
      const printed = push('postgresql', url, { tablesFilter: ['!smart_enrolments_*'] });
      expect(printed).not.toContain('DROP TABLE');
      expect(printed).toContain('DROP SEQUENCE "public"."smart_enrolments_pairs_no_seq"');
      expect(printed).toContain('cannot drop sequence');
      expect(await libraryOwns()).toEqual(before);
    }));

  test('drizzle-kit push keeps the tables and the sequence of the library in a schema outside its schemaFilter', () =>
    onThrowaway({ schema: 'enrolments' }, async ({ url, libraryOwns, columnsOfUsers }) => {
      const before = await libraryOwns();
      const printed = push('postgresql', url, { schemaFilter: ['public'] });
      expect(printed).toContain('Changes applied');
      expect(printed).not.toMatch(/DROP|smart_enrolments_(?!tools)/);
      expect(await libraryOwns()).toEqual(before);
      expect(await columnsOfUsers()).toEqual(['id', 'site']);
    }));
});

describe.skipIf(missing.mariadb !== '')(`drizzle-kit push on MariaDB ${missing.mariadb}`, () => {
  test('drizzle-kit push drops the tables of the library on MariaDB', () =>
    onMariadbThrowaway(async ({ url, libraryOwns }) => {
      expect(await libraryOwns()).toHaveLength(8);
      expect(push('mysql', url, {})).toContain('DROP TABLE `smart_enrolments_learners`');
      expect(await libraryOwns()).toEqual([]);
    }));

  test('drizzle-kit push keeps the tables of the library on MariaDB with tablesFilter', () =>
    onMariadbThrowaway(async ({ url, libraryOwns, columnsOfUsers }) => {
      const before = await libraryOwns();
      const printed = push('mysql', url, { tablesFilter: ['!smart_enrolments_*'] });
      expect(printed).toContain('Changes applied');
      expect(printed).not.toContain('DROP');
      expect(await libraryOwns()).toEqual(before);
      expect(await columnsOfUsers()).toEqual(['id', 'site']);
    }));
});
