import type { SqlDriver, SqlParameter } from '../statement/driver.js';
import { checkClient, checkClientOptions, driverOf } from './base/check-client.js';
import { clientDriver } from './base/client-driver.js';
import type { Database } from './base/connection.js';
import type { TransactionOptions } from './base/transaction-options.js';

/** The part of the client in Prisma's interactive transaction callback that the driver uses. */
export interface PrismaTransaction {
  /** Runs one statement that returns rows. */
  $queryRawUnsafe(text: string, ...parameters: unknown[]): PromiseLike<unknown>;
  /** Runs one statement that returns no rows. */
  $executeRawUnsafe(text: string, ...parameters: unknown[]): PromiseLike<number>;
}

/** The part of a `PrismaClient` that the driver uses. */
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
export interface PrismaOptions extends TransactionOptions {
  /** The database that Prisma runs on. Default `postgres`. */
  readonly dialect?: 'postgres' | 'mysql';
  /** How long a transaction may last, in milliseconds. Default 600,000, since Prisma's own default of 5,000 is short. */
  readonly timeout?: number;
  /** How long to wait for a connection, in milliseconds. Default 10,000. */
  readonly maxWait?: number;
}

const ADVICE = 'Pass a PrismaClient, or the tx of its interactive transaction, to fromPrisma.';
const ROWS = /^[\s(]*(?:select|with|values|table|show|explain|desc|describe)\b|\breturning\b/iu;

/**
 * Creates a driver for Prisma, or for one of its interactive transactions; savepoints are sent as statements. Statements reject with an error
 * that has the database's `code` or `errno`, and Prisma's own error as its cause.
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

function ofPrisma(db: PrismaClient | PrismaTransaction, options: PrismaOptions = {}): SqlDriver {
  const { dialect = 'postgres', timeout = 600_000, maxWait = 10_000 } = options;
  const runOn = (tx: PrismaTransaction) => (text: string, parameters: readonly SqlParameter[]) =>
    run(tx, text, parameters);
  const database: Database = {
    dialect,
    run: runOn(db),
    async open(body) {
      const begun = { isolationLevel: 'ReadCommitted', timeout, maxWait } as const;
      await unwrapped((db as PrismaClient).$transaction((tx) => body({ dialect, run: runOn(tx) }), begun));
    },
  };
  const transaction = () => ({ dialect, run: runOn(db) });
  // The client of a transaction cannot connect, and has a context of its own.
  const transactionKey = () => (isClient(db) ? undefined : (Reflect.get(db, CONTEXT) ?? db));
  return clientDriver({ database, transaction, transactionKey, advice: ADVICE }, options);
}

/** Where Prisma 7 keeps the context of a transaction on its client. */
const CONTEXT = Symbol.for('prisma.client.transaction.scope_context');

function isClient(db: PrismaClient | PrismaTransaction): db is PrismaClient {
  return typeof (db as PrismaClient).$connect === 'function';
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

/** Prisma stores the database's error in `meta`, in one of two places. */
async function unwrapped<T>(call: PromiseLike<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const { meta } = (error ?? {}) as PrismaFailure;
    const original = meta?.driverAdapterError?.cause;
    const code = original?.originalCode ?? meta?.code;
    if (code === undefined) throw error;
    const unwrapped = new Error(String(original?.originalMessage ?? meta?.message), { cause: error });
    throw Object.assign(unwrapped, /^\d{4}$/.test(String(code)) ? { errno: Number(code) } : { code: String(code) });
  }
}
