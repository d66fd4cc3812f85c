import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const locked = (path: string): Readonly<Record<string, { readonly version?: string }>> =>
  JSON.parse(read(path)).packages;

/** The lockfile and the packages of each client that the table names. */
const SERVERS = locked('test/servers/package-lock.json');
const CLIENTS: Readonly<Record<string, readonly [lock: typeof SERVERS, ...packages: string[]]>> = {
  pg: [SERVERS, 'pg'],
  'Postgres.js': [SERVERS, 'postgres'],
  Kysely: [SERVERS, 'kysely'],
  Drizzle: [SERVERS, 'drizzle-orm-0.31', 'drizzle-orm'],
  Knex: [SERVERS, 'knex'],
  Prisma: [SERVERS, '@prisma/client'],
  TypeORM: [SERVERS, 'typeorm'],
  Sequelize: [SERVERS, 'sequelize'],
  MikroORM: [locked('test/mikro-orm/package-lock.json'), '@mikro-orm/core'],
  PGlite: [locked('package-lock.json'), '@electric-sql/pglite'],
  mysql2: [SERVERS, 'mysql2'],
  'better-sqlite3': [SERVERS, 'better-sqlite3'],
  libSQL: [SERVERS, '@libsql/client'],
};

test("the README's table of supported clients names the versions that the tests install, and all of these clients", () => {
  const [, table = ''] = /Every version in this table runs in CI:\n\n([\s\S]*?)\n\n/u.exec(read('README.md')) ?? [];
  const stated = [...table.matchAll(/([A-Za-z][\w.-]*) (\d+\.\d+)(?: and (\d+\.\d+))?(?=[, ]|$)/gmu)].filter(
    ([, name]) => name !== 'MariaDB',
  );
  const found = new Map<string, Set<string>>();
  for (const [, name = '', ...versions] of stated) {
    const all = found.get(name) ?? new Set();
    for (const version of versions) if (version !== undefined) all.add(version);
    found.set(name, all);
  }
  const installed = Object.entries(CLIENTS).map(([name, [lock, ...packages]]) => [
    name,
    packages.map((one) => lock[`node_modules/${one}`]!.version!.split('.').slice(0, 2).join('.')).sort(),
  ]);
  expect([...found].map(([name, versions]) => [name, [...versions].sort()]).sort()).toEqual(installed.sort());
});
