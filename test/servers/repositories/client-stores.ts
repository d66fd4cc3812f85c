import { inject } from 'vitest';
import {
  fromLibsql,
  fromMikroOrm,
  fromPrisma,
  fromSequelize,
  fromTypeOrm,
  type SqlDriver,
} from '../../../src/sql/index.js';
import { dropLms } from '../../sql/lms.js';
import { makeMikroOrm, makeSequelize, makeTypeOrm, type OrmOptions, type ServerDialect } from '../drivers/orms.js';
import { HAS_MIKRO_ORM, ONLY_NEWER } from '../newer-node.js';
import { peer } from '../peer.js';
import { prismaOn } from '../prisma/prisma.js';
import { DATABASE, MARIADB, POSTGRES } from '../servers.js';
import { KNOWN_GAPS, nextPrefix, type Store, sqlite, why } from './stores.js';

/** A client, and a driver of it. */
interface Made {
  readonly driver: SqlDriver;
  end(): Promise<unknown>;
}

/** Many connections, as in the stores on the clients beneath; these tests need not wait for the disk. */
const OPTIONS = { max: 24, settings: '-c synchronous_commit=off' };

function onServer(
  name: string,
  dialect: ServerDialect,
  make: (dialect: ServerDialect, options: OrmOptions) => Promise<Made>,
  unsuited = '',
): Store {
  let made: Promise<Made> | undefined;
  const [server, missing] =
    dialect === 'postgres' ? ['PostgreSQL', inject('missing').postgres] : ['MariaDB', inject('missing').mariadb];
  return {
    ...{ name: `${server} by ${name}`, ...why(unsuited || missing) },
    knownGaps: KNOWN_GAPS[dialect],
    async open() {
      made ??= make(dialect, OPTIONS);
      const [{ driver }, prefix] = [await made, nextPrefix()];
      return { driver: () => driver, prefix, close: () => dropLms(driver, prefix) };
    },
    end: async () => void (await (await made)?.end()),
  };
}

async function typeOrm(dialect: ServerDialect, options: OrmOptions): Promise<Made> {
  const dataSource = await makeTypeOrm(dialect, options);
  return { driver: fromTypeOrm(dataSource), end: () => dataSource.destroy() };
}

async function sequelize(dialect: ServerDialect, options: OrmOptions): Promise<Made> {
  const client = makeSequelize(dialect, options);
  return { driver: fromSequelize(client), end: () => client.close() };
}

async function mikroOrm(dialect: ServerDialect, options: OrmOptions): Promise<Made> {
  const orm = await makeMikroOrm(dialect, options);
  return { driver: fromMikroOrm(orm.em), end: () => orm.close() };
}

async function prisma(dialect: ServerDialect, { max = 4, settings }: OrmOptions): Promise<Made> {
  const server = dialect === 'postgres' ? { ...POSTGRES, options: settings } : MARIADB;
  const client = await prismaOn(dialect, { ...server, database: DATABASE, max });
  return { driver: fromPrisma(client, { dialect }), end: () => client.$disconnect() };
}

const libsql = (): Store =>
  sqlite('SQLite by libSQL', undefined, (file) => {
    const client = peer('@libsql/client').createClient({ url: `file:${file}` });
    return { driver: fromLibsql(client), close: () => client.close() };
  });

const unsuited = HAS_MIKRO_ORM ? '' : `MikroORM 7 needs Node 22.17; this is ${process.version}`;

/**
 * The stores on which only the contract kit runs: each is another client of a server whose own store runs everything. In CI an older Node leaves
 * MikroORM's to a newer one.
 */
export function clientStores(): Store[] {
  const newer =
    process.env.CI && unsuited !== ''
      ? []
      : (['postgres', 'mysql'] as const).map((dialect) => onServer('MikroORM', dialect, mikroOrm, unsuited));
  if (ONLY_NEWER) return newer;
  return [
    onServer('Prisma', 'postgres', prisma),
    onServer('Prisma', 'mysql', prisma),
    onServer('TypeORM', 'postgres', typeOrm),
    onServer('TypeORM', 'mysql', typeOrm),
    onServer('Sequelize', 'postgres', sequelize),
    onServer('Sequelize', 'mysql', sequelize),
    libsql(),
    ...newer,
  ];
}
