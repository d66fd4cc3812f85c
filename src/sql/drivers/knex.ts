import type { Dialect, SqlDriver, SqlParameter } from '../statement/driver.js';
import { checkClient, checkClientOptions, driverOf } from './base/check-client.js';
import { clientDriver } from './base/client-driver.js';
import type { Database } from './base/connection.js';
import { splitAtPlaceholders } from './base/placeholders.js';
import { resultRows } from './base/result-rows.js';
import type { TransactionOptions } from './base/transaction-options.js';
import { wholeNumbersAsBigint } from './sqlite/sqlite.js';
import { inImmediateTransaction } from './sqlite/sqlite-immediate.js';

/** The part of a knex instance, or of one of its transactions, that the driver uses. */
export interface KnexDatabase {
  /** Whether it is a transaction. */
  readonly isTransaction?: boolean;
  /** Has the name of the database's dialect. */
  readonly client: { readonly dialect?: string; readonly driverName?: string };
  /** Runs one statement. */
  raw(text: string, bindings: never): PromiseLike<unknown>;
  /** Runs work in a transaction, or in a savepoint inside one. */
  transaction(work: (trx: KnexDatabase) => Promise<void>, config?: never): Promise<unknown>;
}

/** Options of `fromKnex`. */
export interface KnexOptions extends TransactionOptions {
  /** SQLite only: how long to wait for another connection's or process's transaction to end, in milliseconds. Default 10,000. */
  readonly busyTimeout?: number;
}

const ADVICE = 'Pass a knex instance, or one of its transactions, to fromKnex.';

/**
 * Creates a driver for Knex, or for one of its transactions. The driver takes the dialect from Knex. On mysql2, mysql2 writes the parameters into
 * the statement's text.
 */
export function fromKnex(db: KnexDatabase, options?: KnexOptions): SqlDriver {
  return driverOf(
    (issues) => {
      checkClient(db, { methods: ['raw', 'transaction'], advice: ADVICE }, issues);
      checkClientOptions(options, { counts: ['busyTimeout'] }, issues);
    },
    (fail) => {
      const dialect = dialectOf(db);
      if (dialect) return ofKnex(db, dialect, options);
      return fail('fromKnex supports knex with pg, mysql2 or better-sqlite3; this instance uses another database.');
    },
  );
}

function ofKnex(db: KnexDatabase, dialect: Dialect, options: KnexOptions = {}): SqlDriver {
  const run = runOn(db, dialect);
  const database: Database = {
    dialect,
    run,
    async open(body) {
      const config = dialect === 'sqlite' ? {} : { isolationLevel: 'read committed' };
      await db.transaction(async (trx) => {
        const inside = { dialect, run: runOn(trx, dialect) };
        await (dialect === 'sqlite' ? inImmediateTransaction(inside, options.busyTimeout, body) : body(inside));
      }, config as never);
    },
  };
  const transaction = () => ({ dialect, run });
  // Each transaction has a client of its own.
  const transactionKey = () => (db.isTransaction ? db.client : undefined);
  return clientDriver({ database, transaction, transactionKey, advice: ADVICE }, options);
}

function dialectOf({ client }: KnexDatabase): Dialect | undefined {
  const name = client?.dialect ?? '';
  if (name === 'postgresql') return 'postgres';
  if (name === 'mysql') return 'mysql';
  if (name === 'sqlite3') return 'sqlite';
  return undefined;
}

function runOn(db: KnexDatabase, dialect: Dialect) {
  return async (text: string, given: readonly SqlParameter[]): Promise<unknown[]> => {
    const { pieces, parameters } = splitAtPlaceholders(text, given, dialect);
    // The older sqlite3 client does not support bigint, and sends whole numbers as integers by itself.
    const bindings = db.client.driverName === 'better-sqlite3' ? wholeNumbersAsBigint(parameters) : parameters;
    return resultRows(
      await db.raw(pieces.map((piece) => escaped(piece, dialect)).join('?'), bindings as never),
      dialect,
    );
  };
}

/** Knex takes every ? for a placeholder, even in strings and comments, and unescapes an escaped one for Postgres only. */
function escaped(piece: string, dialect: Dialect): string {
  if (!piece.includes('?')) return piece;
  if (dialect === 'postgres') return piece.replaceAll('?', '\\?');
  throw new Error(
    'Knex cannot run this statement: it would take the ? in a string or comment for a placeholder. Pass the text as a parameter.',
  );
}
