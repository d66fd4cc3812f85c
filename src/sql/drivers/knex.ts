import type { Dialect, SqlDriver, SqlParameter } from '../driver.js';
import { checkClient, checkClientOptions, driverOf } from './check-client.js';
import { hostDriver, outsideDriver } from './outside.js';
import { cut } from './placeholders.js';
import { rowsOf } from './rows.js';
import { exact } from './sqlite.js';
import { immediately } from './sqlite-immediate.js';

/** What is asked of a knex, or of a transaction of it. */
export interface KnexDatabase {
  /** Whether it is a transaction. */
  readonly isTransaction?: boolean;
  /** Says which database it is. */
  readonly client: { readonly dialect?: string; readonly driverName?: string };
  /** Runs one statement. */
  raw(text: string, bindings: never): PromiseLike<unknown>;
  /** Runs work in a transaction, or in a savepoint of one. */
  transaction(work: (trx: KnexDatabase) => Promise<void>, config?: never): Promise<unknown>;
}

/** Options of `fromKnex`. */
export interface KnexOptions {
  /** SQLite only: how long to wait for another connection or process to end its transaction, in milliseconds; 10,000 unless told. */
  readonly busyTimeout?: number;
}

const ADVICE = 'Pass a knex, or a transaction of it, to fromKnex.';

/** Runs on Knex, or inside a transaction of it; which database is behind it Knex knows. Over mysql2 parameters are written into the text, by mysql2. */
export function fromKnex(db: KnexDatabase, options?: KnexOptions): SqlDriver {
  return driverOf(
    (issues) => {
      checkClient(db, { methods: ['raw', 'transaction'], advice: ADVICE }, issues);
      checkClientOptions(options, { counts: ['busyTimeout'] }, issues);
    },
    (fail) => {
      const dialect = dialectOf(db);
      if (dialect) return ofKnex(db, dialect, options);
      return fail('fromKnex takes a knex on pg, mysql2 or better-sqlite3; this one is on another database.');
    },
  );
}

function ofKnex(db: KnexDatabase, dialect: Dialect, { busyTimeout }: KnexOptions = {}): SqlDriver {
  const run = runOn(db, dialect);
  if (db.isTransaction) return hostDriver({ dialect, run }, ADVICE);
  return outsideDriver({
    dialect,
    run,
    async open(body) {
      const config = dialect === 'sqlite' ? {} : { isolationLevel: 'read committed' };
      await db.transaction(async (trx) => {
        const inside = { dialect, run: runOn(trx, dialect) };
        await (dialect === 'sqlite' ? immediately(inside, busyTimeout, body) : body(inside));
      }, config as never);
    },
  });
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
    const { pieces, parameters } = cut(text, given, dialect);
    // The older sqlite3 knows no bigint, and sends whole numbers whole by itself.
    const bindings = db.client.driverName === 'better-sqlite3' ? exact(parameters) : parameters;
    return rowsOf(await db.raw(pieces.map((piece) => escaped(piece, dialect)).join('?'), bindings as never), dialect);
  };
}

/** Knex takes every ? for a place of a parameter, in strings and comments too, and unescapes an escaped one for Postgres only. */
function escaped(piece: string, dialect: Dialect): string {
  if (!piece.includes('?')) return piece;
  if (dialect === 'postgres') return piece.replaceAll('?', '\\?');
  throw new Error(
    'Through Knex a statement cannot have a ? of its own here, in a string or a comment: pass it as a parameter.',
  );
}
