import type { SqlDriver, SqlParameter } from '../driver.js';
import { beginAndCommit } from './begin.js';
import { checkCanRun } from './can-run.js';
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
}

const ADVICE = 'Pass a Pool to fromPg, or a client after its BEGIN.';

/**
 * Runs on pg: on a `Pool`, which opens transactions on clients of its own; or on a client inside the transaction that the
 * host has begun on it. A client whose connection fails is not given back to the pool as good.
 */
export function fromPg(db: PgPool | PgClient): SqlDriver {
  checkCanRun(db, ['query'], ADVICE);
  return isPool(db) ? ofPool(db) : hostDriver({ dialect: 'postgres', run: runOn(db) }, ADVICE);
}

function isPool(db: PgPool | PgClient): db is PgPool {
  return 'totalCount' in db && 'connect' in db;
}

function runOn(db: PgQueryable) {
  return async (text: string, parameters: readonly SqlParameter[]): Promise<unknown[]> =>
    (await db.query({ text, values: [...parameters] })).rows;
}

function ofPool(pool: PgPool): SqlDriver {
  return outsideDriver({
    dialect: 'postgres',
    run: runOn(pool),
    async open(body) {
      const client = await pool.connect();
      let lost: Error | undefined;
      // While a client is out nobody else listens, and an event without a listener ends the process.
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
