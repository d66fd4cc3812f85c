import type { SqlDriver, SqlParameter } from '../driver.js';
import { beginAndCommit } from './begin.js';
import { checkClient, driverOf } from './check-client.js';
import { hostDriver, outsideDriver } from './outside.js';

interface PgQueryable {
  /** Runs one statement. */
  query(query: { text: string; values: unknown[] }): Promise<{ readonly rows: unknown[] }>;
}

/** What is asked of a client of pg, checked out or connected by itself. */
export interface PgClient extends PgQueryable {
  /** Gives a client of a pool back, or ends it where there was an error. */
  release?(error?: Error | boolean): void;
  /** Listens for a connection that is lost. */
  on?(event: 'error', listener: (error: Error) => void): unknown;
  /** Listens no more. */
  removeListener?(event: 'error', listener: (error: Error) => void): unknown;
}

/** What is asked of a `Pool` of pg, or of one like it. */
export interface PgPool extends PgQueryable {
  /** How many clients it has; a single client has no such number. */
  readonly totalCount: number;
  /** Takes a client. */
  connect(): Promise<PgClient>;
  /** Reports each client that is taken, before the caller has it. */
  on?(event: 'acquire', listener: (client: PgClient) => void): unknown;
}

const ADVICE = 'Pass a Pool to fromPg, or a client after its BEGIN.';

/**
 * Runs on pg: on a `Pool`, which opens transactions on clients of its own; or on a client inside the transaction that the
 * host has begun on it. A client whose connection fails is not given back to the pool as good, and its `error` event does not end the
 * process: statements on it reject instead. Errors of idle clients are the host's: `pool.on('error', log)`.
 */
export function fromPg(db: PgPool | PgClient): SqlDriver {
  return driverOf(
    (issues) => checkClient(db, { methods: ['query'], advice: ADVICE }, issues),
    () => {
      if (isPool(db)) return ofPool(db);
      listen(db);
      return hostDriver({ dialect: 'postgres', run: runOn(db) }, ADVICE);
    },
  );
}

const listening = new WeakSet<object>();
const ignore = (): void => undefined;

/**
 * Listens to a client for good, since an `error` event without a listener ends the process. A listener that is added after
 * `await pool.connect()` is too late: the pool has removed its own, and what the server sent with the last message of the connection's
 * start is read before the promise resolves. The error itself need not be kept: every statement on the client rejects with it.
 */
function listen(client: PgClient): void {
  if (listening.has(client)) return;
  listening.add(client);
  client.on?.('error', ignore);
}

function isPool(db: PgPool | PgClient): db is PgPool {
  return 'totalCount' in db && 'connect' in db;
}

function runOn(db: PgQueryable) {
  return async (text: string, parameters: readonly SqlParameter[]): Promise<unknown[]> =>
    (await db.query({ text, values: [...parameters] })).rows;
}

function ofPool(pool: PgPool): SqlDriver {
  if (!listening.has(pool)) {
    listening.add(pool);
    pool.on?.('acquire', listen);
  }
  return outsideDriver({
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
  });
}
