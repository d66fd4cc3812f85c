import type { SqlDriver, SqlParameter } from '../statement/driver.js';
import { beginAndCommit } from './base/begin-and-commit.js';
import { checkClient, checkClientOptions, driverOf } from './base/check-client.js';
import { clientDriver } from './base/client-driver.js';
import type { Database } from './base/connection.js';
import { connectionKeys } from './base/connection-key.js';
import type { TransactionOptions } from './base/transaction-options.js';

interface PgQueryable {
  /** Runs one statement. */
  query(query: { text: string; values: unknown[] }): Promise<{ readonly rows: unknown[] }>;
}

/** The part of a pg client, checked out of a pool or connected by itself, that the driver uses. */
export interface PgClient extends PgQueryable {
  /** The connection: each client has one. */
  readonly connection?: object;
  /** Returns a client to its pool, or closes it after an error. */
  release?(error?: Error | boolean): void;
  /** Adds a listener for a lost connection. */
  on?(event: 'error', listener: (error: Error) => void): unknown;
  /** Removes a listener. */
  removeListener?(event: 'error', listener: (error: Error) => void): unknown;
}

/** The part of a pg `Pool`, or of a compatible pool, that the driver uses. */
export interface PgPool extends PgQueryable {
  /** How many clients the pool has; a single client does not have this property. */
  readonly totalCount: number;
  /** Acquires a client. */
  connect(): Promise<PgClient>;
  /** Adds a listener that is called with each acquired client, before the caller receives it. */
  on?(event: 'acquire', listener: (client: PgClient) => void): unknown;
}

const ADVICE = 'Pass a Pool, or a client after its BEGIN, to fromPg.';

/**
 * Creates a driver for pg: for a `Pool`, each of whose transactions uses its own client; or for a client inside the transaction that the
 * host began on it. A client whose connection fails is not returned to the pool as usable, and its `error` event does not end the
 * process: statements on it reject instead. The host handles errors of idle clients: `pool.on('error', log)`.
 */
export function fromPg(db: PgPool | PgClient, options?: TransactionOptions): SqlDriver {
  return driverOf(
    (issues) => {
      checkClient(db, { methods: ['query'], advice: ADVICE }, issues);
      checkClientOptions(options, {}, issues);
    },
    () => ofPg(db, options),
  );
}

function ofPg(db: PgPool | PgClient, options: TransactionOptions | undefined): SqlDriver {
  if (isPool(db)) listenToPool(db);
  else listen(db);
  const client = {
    database: databaseOf(db as PgPool),
    transaction: () => ({ dialect: 'postgres', run: runOn(db) }) as const,
    ...connectionKeys(db as PgClient, () => isPool(db)),
    advice: ADVICE,
  };
  return clientDriver(client, options);
}

const listening = new WeakSet<object>();
const ignore = (): void => undefined;

/**
 * Adds a permanent listener to a client, since an `error` event without a listener ends the process. A listener that is added after
 * `await pool.connect()` is too late: the pool has removed its own, and what the server sent with the last message of the connection's
 * start is read before the promise resolves. The error itself need not be kept: every statement on the client rejects with it.
 */
function listen(client: PgClient): void {
  if (listening.has(client)) return;
  listening.add(client);
  client.on?.('error', ignore);
}

/** Listens to each client that the pool gives, before the caller can use it. */
export function listenToPool(pool: Pick<PgPool, 'on'>): void {
  if (listening.has(pool)) return;
  listening.add(pool);
  pool.on?.('acquire', listen);
}

function isPool(db: PgPool | PgClient): db is PgPool {
  return (db as PgPool).totalCount !== undefined;
}

function runOn(db: PgQueryable) {
  return async (text: string, parameters: readonly SqlParameter[]): Promise<unknown[]> =>
    (await db.query({ text, values: [...parameters] })).rows;
}

function databaseOf(pool: PgPool): Database {
  return {
    dialect: 'postgres',
    run: runOn(pool),
    async open(body) {
      const client = await pool.connect();
      let lost: Error | undefined;
      listen(client);
      const onError = (error: Error): void => {
        lost ??= error;
      };
      client.on?.('error', onError);
      const run = runOn(client);
      try {
        await beginAndCommit(
          run,
          ['BEGIN ISOLATION LEVEL READ COMMITTED'],
          () => body({ dialect: 'postgres', run }),
          onError,
        );
      } finally {
        client.removeListener?.('error', onError);
        client.release?.(lost);
      }
    },
  };
}
