import { inject } from 'vitest';
import { fromLibsql, fromMikroOrm, fromSequelize, fromTypeOrm, type SqlDriver } from '../../../src/sql/index.js';
import { dropLms } from '../../sql/lms.js';
import { makeMikroOrm, makeSequelize, makeTypeOrm, type OrmOptions, type ServerDialect } from '../drivers/orms.js';
import { HAS_MIKRO_ORM, ONLY_NEWER } from '../newer-node.js';
import { peer } from '../peer.js';
import { NO_SUCH_TEXT, nextPrefix, type Store, sqlite, why } from './stores.js';

/** An ORM's client, and a driver of it. */
interface Orm {
  readonly driver: SqlDriver;
  end(): Promise<unknown>;
}

/** Many connections, as in the stores on the clients beneath; these tests need not wait for the disk. */
const OPTIONS = { max: 24, settings: '-c synchronous_commit=off' };

function onServer(
  name: string,
  dialect: ServerDialect,
  make: (dialect: ServerDialect, options: OrmOptions) => Promise<Orm>,
  unsuited = '',
): Store {
  let orm: Promise<Orm> | undefined;
  const [server, missing] =
    dialect === 'postgres' ? ['PostgreSQL', inject('missing').postgres] : ['MariaDB', inject('missing').mariadb];
  return {
    ...{ name: `${server} by ${name}`, ...why(unsuited || missing) },
    knownGaps: dialect === 'postgres' ? NO_SUCH_TEXT : [...NO_SUCH_TEXT, 'ids-long'],
    async open() {
      orm ??= make(dialect, OPTIONS);
      const [{ driver }, prefix] = [await orm, nextPrefix()];
      return { driver: () => driver, prefix, close: () => dropLms(driver, prefix) };
    },
    end: async () => void (await (await orm)?.end()),
  };
}

async function typeOrm(dialect: ServerDialect, options: OrmOptions): Promise<Orm> {
  const dataSource = await makeTypeOrm(dialect, options);
  return { driver: fromTypeOrm(dataSource), end: () => dataSource.destroy() };
}

async function sequelize(dialect: ServerDialect, options: OrmOptions): Promise<Orm> {
  const made = makeSequelize(dialect, options);
  return { driver: fromSequelize(made), end: () => made.close() };
}

async function mikroOrm(dialect: ServerDialect, options: OrmOptions): Promise<Orm> {
  const orm = await makeMikroOrm(dialect, options);
  return { driver: fromMikroOrm(orm.em), end: () => orm.close() };
}

const libsql = (): Store =>
  sqlite('SQLite by libSQL', undefined, (file) => {
    const client = peer('@libsql/client').createClient({ url: `file:${file}` });
    return { driver: fromLibsql(client), close: () => client.close() };
  });

const unsuited = HAS_MIKRO_ORM ? '' : `MikroORM 7 needs Node 22.17; this is ${process.version}`;

/** The stores on ORMs and libSQL; in CI an older Node leaves MikroORM's to a newer one. */
export function ormStores(): Store[] {
  const newer =
    process.env.CI && unsuited !== ''
      ? []
      : (['postgres', 'mysql'] as const).map((dialect) => onServer('MikroORM', dialect, mikroOrm, unsuited));
  if (ONLY_NEWER) return newer;
  return [
    onServer('TypeORM', 'postgres', typeOrm),
    onServer('TypeORM', 'mysql', typeOrm),
    onServer('Sequelize', 'postgres', sequelize),
    onServer('Sequelize', 'mysql', sequelize),
    libsql(),
    ...newer,
  ];
}
