import type { SqlDriver, SqlParameter } from '../driver.js';
import { checkClient, checkClientOptions, driverOf } from './check-client.js';
import { hostDriver, outsideDriver } from './outside.js';

/** What is asked of the client that an interactive transaction of Prisma hands to its callback. */
export interface PrismaTransaction {
  /** Runs one statement that answers rows. */
  $queryRawUnsafe(text: string, ...parameters: unknown[]): PromiseLike<unknown>;
  /** Runs one statement that answers none. */
  $executeRawUnsafe(text: string, ...parameters: unknown[]): PromiseLike<number>;
}

/** What is asked of a `PrismaClient`. */
export interface PrismaClient extends PrismaTransaction {
  /** Opens the connection. */
  $connect(): Promise<void>;
  /** Runs work in a transaction. */
  $transaction(
    work: (tx: PrismaTransaction) => Promise<void>,
    options: { isolationLevel: 'ReadCommitted'; timeout: number; maxWait: number },
  ): Promise<unknown>;
}

/** Options of `fromPrisma`. */
export interface PrismaOptions {
  /** The database behind Prisma; `postgres` unless told. */
  readonly dialect?: 'postgres' | 'mysql';
  /** How long a transaction may last, in milliseconds; 600,000 unless told, for Prisma's own 5,000 are short. */
  readonly timeout?: number;
  /** How long to wait for a connection, in milliseconds; 10,000 unless told. */
  readonly maxWait?: number;
}

const ADVICE = 'Pass a PrismaClient to fromPrisma, or what its interactive transaction hands to its callback.';
const ROWS = /^[\s(]*(?:select|with|values|table|show|explain|desc|describe)\b|\breturning\b/iu;

/**
 * Runs on Prisma, or inside an interactive transaction of it; savepoints are sent as statements. Rejects with an error that has the
 * database's `code` or `errno`, and Prisma's own as its cause.
 */
export function fromPrisma(db: PrismaClient | PrismaTransaction, options?: PrismaOptions): SqlDriver {
  return driverOf(
    (issues) => {
      checkClient(db, { methods: ['$queryRawUnsafe', '$executeRawUnsafe'], advice: ADVICE }, issues);
      checkClientOptions(options, { dialects: ['postgres', 'mysql'], counts: ['timeout', 'maxWait'] }, issues);
    },
    () => ofPrisma(db, options),
  );
}

function ofPrisma(
  db: PrismaClient | PrismaTransaction,
  { dialect = 'postgres', timeout = 600_000, maxWait = 10_000 }: PrismaOptions = {},
): SqlDriver {
  const runOn = (tx: PrismaTransaction) => (text: string, parameters: readonly SqlParameter[]) =>
    run(tx, text, parameters);
  if (!isClient(db)) return hostDriver({ dialect, run: runOn(db) }, ADVICE);
  return outsideDriver({
    dialect,
    run: runOn(db),
    async open(body) {
      const options = { isolationLevel: 'ReadCommitted', timeout, maxWait } as const;
      await unwrapped(db.$transaction((tx) => body({ dialect, run: runOn(tx) }), options));
    },
  });
}

/** Inside a transaction a client cannot connect, which tells one from the other. */
function isClient(db: PrismaClient | PrismaTransaction): db is PrismaClient {
  return '$connect' in db && typeof db.$connect === 'function';
}

async function run(db: PrismaTransaction, text: string, parameters: readonly SqlParameter[]): Promise<unknown[]> {
  if (ROWS.test(text)) return (await unwrapped(db.$queryRawUnsafe(text, ...parameters))) as unknown[];
  await unwrapped(db.$executeRawUnsafe(text, ...parameters));
  return [];
}

interface PrismaFailure {
  readonly meta?: {
    readonly code?: unknown;
    readonly message?: unknown;
    readonly driverAdapterError?: {
      readonly cause?: { readonly originalCode?: unknown; readonly originalMessage?: unknown };
    };
  };
}

/** Prisma keeps what the database said in `meta`, in one place or another. */
async function unwrapped<T>(call: PromiseLike<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const { meta } = (error ?? {}) as PrismaFailure;
    const told = meta?.driverAdapterError?.cause;
    const code = told?.originalCode ?? meta?.code;
    if (code === undefined) throw error;
    const saying = new Error(String(told?.originalMessage ?? meta?.message), { cause: error });
    throw Object.assign(saying, /^\d{4}$/.test(String(code)) ? { errno: Number(code) } : { code: String(code) });
  }
}
