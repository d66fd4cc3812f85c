import { inject } from 'vitest';
import { fromPrisma, type PrismaTransaction } from '../../../src/sql/drivers/prisma.js';
import { peer } from '../peer.js';
import { listeningPool } from './listening.js';
import { onPostgres, pgOptions } from './on-postgres.js';
import { double, raw } from './prisma-double.js';

const options = { isolationLevel: 'ReadCommitted', timeout: 5_000, maxWait: 2_000 } as const;

onPostgres(
  'fromPrisma, on a double',
  'case_prisma_double',
  async () => {
    const pool = listeningPool();
    const client = double(pool);
    return {
      driver: fromPrisma(client),
      inHosts: async (work) => void (await client.$transaction((tx) => work(fromPrisma(tx)), options)),
      mistaken: (work) => work(fromPrisma(raw(pool))),
      close: () => pool.end(),
    };
  },
  { mistakable: true },
);

/** A folder with a generated PrismaClient and @prisma/adapter-pg, on machines that have one. */
const real = process.env.PRISMA_CLIENT;
if (real && !inject('missing').postgres) {
  onPostgres('fromPrisma, on Prisma itself', 'case_prisma', async () => {
    const { PrismaPg } = peer(`${real}/node_modules/@prisma/adapter-pg`);
    const client = new (peer(`${real}/node_modules/@prisma/client`).PrismaClient)({ adapter: new PrismaPg(pgOptions) });
    return {
      driver: fromPrisma(client),
      inHosts: (work) => client.$transaction((tx: PrismaTransaction) => work(fromPrisma(tx))),
      close: () => client.$disconnect(),
    };
  });
}
