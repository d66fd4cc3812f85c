import { fromPrisma, type PrismaOptions, type PrismaTransaction } from '../../../src/sql/drivers/prisma.js';
import { prismaOn } from '../prisma/prisma.js';
import { DATABASE, MARIADB } from '../servers.js';
import type { ClientHarness } from './client-harness.js';
import { onMariadb } from './on-mariadb.js';
import { onPostgres, pgOptions } from './on-postgres.js';

async function harness(
  dialect: 'postgres' | 'mysql',
  database: Parameters<typeof prismaOn>[1],
  options?: PrismaOptions,
): Promise<ClientHarness> {
  const client = await prismaOn(dialect, database);
  return {
    driver: fromPrisma(client, options),
    inHosts: (work) =>
      client.$transaction((tx: PrismaTransaction) => work(fromPrisma(tx, options)), {
        isolationLevel: 'ReadCommitted',
      }),
    async mistaken(work) {
      const tx: PrismaTransaction = {
        $queryRawUnsafe: (text, ...parameters) => client.$queryRawUnsafe(text, ...parameters),
        $executeRawUnsafe: (text, ...parameters) => client.$executeRawUnsafe(text, ...parameters),
      };
      await work(fromPrisma(tx, options));
    },
    close: () => client.$disconnect(),
  };
}

onPostgres('fromPrisma, on @prisma/adapter-pg', 'case_prisma', () => harness('postgres', pgOptions), {
  mistakable: true,
});

onMariadb('fromPrisma, on @prisma/adapter-mariadb', 'case_prisma', () =>
  harness('mysql', { ...MARIADB, database: DATABASE, max: 4 }, { dialect: 'mysql' }),
);
