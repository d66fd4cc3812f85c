import type { PrismaClient, PrismaTransaction } from '../../../src/sql/drivers/prisma.js';
import type { peer } from '../peer.js';

interface Client {
  query(text: string, parameters?: unknown[]): Promise<{ rows: unknown[]; rowCount: number }>;
}

/** Rejects as Prisma does, with the database's error in `meta`. */
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

export const raw = (client: Client): PrismaTransaction => ({
  $queryRawUnsafe: (text, ...parameters) => asPrisma(client.query(text, parameters)).then(({ rows }) => rows),
  $executeRawUnsafe: (text, ...parameters) => asPrisma(client.query(text, parameters)).then(({ rowCount }) => rowCount),
});

/** A test double of a PrismaClient, on pg: generating Prisma's own client downloads an engine, which not every machine can do. */
export function double(pool: ReturnType<typeof peer>): PrismaClient {
  return {
    ...raw(pool),
    $connect: async () => undefined,
    async $transaction(work, { isolationLevel }) {
      const client = await pool.connect();
      try {
        // As in Prisma: the server's default isolation level, unless the options set one.
        await client.query(isolationLevel === 'ReadCommitted' ? 'BEGIN ISOLATION LEVEL READ COMMITTED' : 'BEGIN');
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
