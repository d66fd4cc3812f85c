import { inject } from 'vitest';
import { fromPrisma, type PrismaClient, type PrismaTransaction } from '../../../src/sql/drivers/prisma.js';
import { peer } from '../peer.js';
import { listeningPool } from './listening.js';
import { onPostgres, pgOptions } from './on-postgres.js';

interface Client {
  query(text: string, parameters?: unknown[]): Promise<{ rows: unknown[]; rowCount: number }>;
}

/** As Prisma rejects: what the database said lies in `meta`. */
async function asPrisma<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === undefined) throw error;
    const driverAdapterError = { cause: { originalCode: code, originalMessage: message } };
    throw Object.assign(new Error('Raw query failed.'), { code: 'P2010', meta: { driverAdapterError } });
  }
}

const raw = (client: Client): PrismaTransaction => ({
  $queryRawUnsafe: (text, ...parameters) => asPrisma(client.query(text, parameters)).then(({ rows }) => rows),
  $executeRawUnsafe: (text, ...parameters) => asPrisma(client.query(text, parameters)).then(({ rowCount }) => rowCount),
});

/** A double of a PrismaClient, on pg: Prisma's own downloads an engine when it is generated, which not every machine can. */
function double(pool: ReturnType<typeof peer>): PrismaClient {
  return {
    ...raw(pool),
    $connect: async () => undefined,
    async $transaction(work, { isolationLevel }) {
      const client = await pool.connect();

      try {
        await client.query(
          `BEGIN ISOLATION LEVEL ${isolationLevel === 'ReadCommitted' ? 'READ COMMITTED' : 'SERIALIZABLE'}`,
        );
        await work(raw(client));
        await client.query('COMMIT');
        client.release();
      } catch (error) {
        await client.query('ROLLBACK').then(
          () => client.release(),
          (lost: Error) => client.release(lost),
        );
        throw error;
      }
    },
  };
}

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

/** A folder with a generated PrismaClient and @prisma/adapter-pg, for whoever has them. */
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
