import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { peer } from '../peer.js';

const here = new URL('.', import.meta.url);
const clientOf = (dialect: 'postgres' | 'mysql') => new URL(`generated/${dialect}/client.ts`, here);

/** Where a database is, and how many connections the client may open. */
export interface PrismaDatabase {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly max: number;
}

/** Generates Prisma's clients if they are missing. */
export function generateClients(): void {
  for (const dialect of ['postgres', 'mysql'] as const)
    if (!existsSync(clientOf(dialect))) generateClient(fileURLToPath(new URL(`${dialect}.prisma`, here)));
}

/** Generates the client of a schema, without a download. */
export function generateClient(schema: string): void {
  const cli = fileURLToPath(new URL('../node_modules/prisma/build/index.js', here));
  execFileSync(process.execPath, [cli, 'generate', '--schema', schema], {
    // Generating a client needs no engine, but Prisma downloads one unless it is given a program: any will do.
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' },
    stdio: 'pipe',
  });
}

/** Creates a generated client with the adapter of its database. */
// biome-ignore lint/suspicious/noExplicitAny: the project has no types of its clients; test/servers/types checks them.
export async function prismaOn(dialect: 'postgres' | 'mysql', database: PrismaDatabase): Promise<any> {
  const { PrismaClient } = await import(clientOf(dialect).href);
  if (dialect === 'postgres') {
    const { PrismaPg } = peer('@prisma/adapter-pg');
    const pool = new (peer('pg').Pool)(database);
    // As in the guide: at times the adapter does not listen to a client that it has taken out of the pool.
    pool.on('connect', (client: { on(event: 'error', listener: () => void): void }) =>
      client.on('error', () => undefined),
    );
    return new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }) });
  }
  const { PrismaMariaDb } = peer('@prisma/adapter-mariadb');
  const { max, ...rest } = database;
  return new PrismaClient({ adapter: new PrismaMariaDb({ ...rest, connectionLimit: max }) });
}
