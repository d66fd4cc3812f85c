import type { SqlDriver, SqlParameter } from '../statement/driver.js';
import { checkClient, checkClientOptions, driverOf } from './base/check-client.js';
import { clientDriver } from './base/client-driver.js';
import type { Database } from './base/connection.js';
import { splitAtPlaceholders } from './base/placeholders.js';
import { resultRows } from './base/result-rows.js';
import type { TransactionOptions } from './base/transaction-options.js';

type SequelizeDialect = 'postgres' | 'mysql';

/** The part of a Sequelize `Transaction` that the driver uses. */
export interface SequelizeTransaction {
  /** Commits it. */
  commit(): Promise<void>;
  /** Rolls it back. */
  rollback(): Promise<void>;
}

/** The part of a `Sequelize` instance that the driver uses. */
export interface SequelizeDatabase {
  /** Returns the name of the database's dialect. */
  getDialect(): string;
  /** Runs one statement. */
  query(text: string, options?: never): Promise<unknown>;
  /** Begins a transaction, which the caller ends. */
  transaction(options?: never): Promise<SequelizeTransaction>;
}

/** Options of `fromSequelize`. */
export interface SequelizeOptions extends TransactionOptions {
  /** The host's transaction. By default, that of the current call, if `Sequelize.useCLS` is in use. */
  readonly transaction?: SequelizeTransaction | null | undefined;
}

const ADVICE = "Pass a Sequelize instance to fromSequelize, and the host's transaction as its option transaction.";
const DIALECTS: { readonly [name: string]: SequelizeDialect } = {
  postgres: 'postgres',
  mysql: 'mysql',
  mariadb: 'mysql',
};

/**
 * Creates a driver for Sequelize 6 on PostgreSQL, MySQL or MariaDB, or for the `transaction` of its options. The driver takes the dialect from
 * Sequelize. Transactions that the library opens are not those of a CLS namespace.
 */
export function fromSequelize(db: SequelizeDatabase, options?: SequelizeOptions): SqlDriver {
  return driverOf(
    (issues) => {
      checkClient(db, { methods: ['getDialect', 'query', 'transaction'], advice: ADVICE }, issues);
      checkClientOptions(options, { others: ['transaction'] }, issues);
      const transaction = options?.transaction ?? undefined;
      if (transaction !== undefined)
        checkClient(transaction, { methods: ['commit', 'rollback'], advice: ADVICE }, issues, 'transaction');
    },
    (fail) => {
      const name = db.getDialect();
      const dialect = DIALECTS[name];
      if (dialect) return ofSequelize(db, dialect, options);
      const onSqlite =
        ' On SQLite, open the file with better-sqlite3 or node:sqlite, and pass that to its own wrapper.';
      return fail(
        `fromSequelize supports the dialects postgres, mysql and mariadb; this one is ${name}.${name === 'sqlite' ? onSqlite : ''}`,
      );
    },
  );
}

function ofSequelize(db: SequelizeDatabase, dialect: SequelizeDialect, options: SequelizeOptions = {}): SqlDriver {
  const hosts = (): SequelizeTransaction | undefined => options.transaction ?? ofCall(db);
  const database: Database = {
    dialect,
    run: runOn(db, dialect, null),
    async open(body) {
      const begun = { isolationLevel: 'READ COMMITTED' } as const;
      const transaction = await unwrapped(db.transaction(begun as never));
      try {
        await body({ dialect, run: runOn(db, dialect, transaction) });
      } catch (error) {
        await transaction.rollback().catch(() => undefined);
        throw error;
      }
      // Sequelize destroys the connection of a transaction whose COMMIT fails.
      await unwrapped(transaction.commit());
    },
  };
  const transaction = () => ({ dialect, run: runOn(db, dialect, hosts() ?? null) });
  return clientDriver({ database, transaction, transactionKey: hosts, advice: ADVICE }, options);
}

/** Returns the transaction of the current call: a class of Sequelize keeps it in the namespace that `useCLS` was given. */
function ofCall(db: SequelizeDatabase): SequelizeTransaction | undefined {
  const { _cls } = db.constructor as { readonly _cls?: { get(key: string): unknown } };
  const found = _cls?.get('transaction') as
    | (SequelizeTransaction & { readonly sequelize?: unknown })
    | null
    | undefined;
  // The namespace is that of all instances.
  return found && found.sequelize === db ? found : undefined;
}

/**
 * Sequelize changes the result of statements by their first words, such as `INSERT INTO` and `SHOW`, unless a comment precedes them. It sends the
 * parameters of `bind` apart from the text on all clients, and those of `replacements` within it.
 */
function runOn(db: SequelizeDatabase, dialect: SequelizeDialect, transaction: SequelizeTransaction | null) {
  return async (text: string, given: readonly SqlParameter[]): Promise<unknown[]> => {
    const query = given.length > 0 ? bound(text, given, dialect) : { text, parameters: [] };
    const result = await unwrapped(
      db.query(`/* */ ${query.text}`, {
        ...{ type: 'RAW', raw: true, plain: false, nest: false, transaction },
        ...(query.parameters.length > 0 && { bind: query.parameters }),
        // A repeated statement would run outside its savepoint, or twice.
        ...{ retry: { max: 1 }, supportsSearchPath: false },
      } as never),
    );
    return resultRows(Array.isArray(result) ? result[0] : undefined, 'postgres');
  };
}

/** Writes the placeholders of `bind`, which Sequelize would also find in strings and comments: there it unescapes `$$`. */
function bound(text: string, given: readonly SqlParameter[], dialect: SequelizeDialect) {
  const { pieces, parameters } = splitAtPlaceholders(text, given, dialect);
  if (dialect === 'postgres' && parameters.some((each) => typeof each === 'string' && each.includes('\0')))
    throw new Error('PostgreSQL cannot store text with the character U+0000, which Sequelize would write as \\0.');
  const escaped = pieces.map((piece) =>
    piece.replace(/\B\$(\$|\w+)/g, (found, key) => `$${key === '$' ? '$$$' : found}`),
  );
  return { text: escaped.map((piece, i) => (i === 0 ? piece : ` $${i} ${piece}`)).join(''), parameters };
}

/** Rejects with the database's own error, which Sequelize wraps. */
async function unwrapped<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const { original } = (error ?? {}) as { readonly original?: { readonly code?: unknown } };
    throw original?.code === undefined ? error : original;
  }
}
