import { checkDialect } from '../check-options.js';
import type { Dialect, SqlDriver, SqlParameter } from '../statement/driver.js';
import { checkClient, checkClientOptions, driverOf } from './base/check-client.js';
import { clientDriver } from './base/client-driver.js';
import type { Database } from './base/connection.js';
import type { TransactionOptions } from './base/transaction-options.js';
import { wholeNumbersAsBigint } from './sqlite/sqlite.js';
import { inImmediateTransaction } from './sqlite/sqlite-immediate.js';

/** A statement as Kysely passes it to its own driver. */
interface Compiled {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  readonly query: {
    readonly kind: 'RawNode';
    readonly sqlFragments: readonly string[];
    readonly parameters: readonly [];
  };
  readonly queryId: { readonly queryId: string };
}

interface TransactionBuilder {
  setIsolationLevel(level: 'read committed'): TransactionBuilder;
  execute(work: (trx: KyselyDatabase) => Promise<void>): Promise<unknown>;
}

/** The part of a `Kysely`, or of one of its `Transaction`s, that the driver uses. */
export interface KyselyDatabase {
  /** Whether it is a transaction. */
  readonly isTransaction: boolean;
  /** Returns the same database without plugins, which would change names and values. */
  withoutPlugins(): KyselyDatabase;
  /** Runs one compiled statement. */
  executeQuery(query: Compiled): Promise<{ readonly rows: unknown[] }>;
  /** Begins a transaction. */
  transaction(): TransactionBuilder;
  /** Returns what runs its statements. */
  getExecutor?(): object;
}

/** Options of `fromKysely`. */
export interface KyselyOptions extends TransactionOptions {
  /** The database that Kysely runs on; its types do not include it. */
  readonly dialect: Dialect;
  /** SQLite only: how long to wait for another connection's or process's transaction to end, in milliseconds. Default 10,000. */
  readonly busyTimeout?: number;
}

const ADVICE = 'Pass a Kysely instance, or one of its Transactions, to fromKysely.';

/**
 * Creates a driver for Kysely, or for one of its `Transaction`s; plugins are not applied. On pg, a checked-out connection that the server ends
 * emits an error event without a listener, which ends the process. To prevent that, listen:
 * `pool.on('connect', (client) => client.on('error', log))`.
 */
export function fromKysely(db: KyselyDatabase, options: KyselyOptions): SqlDriver {
  return driverOf(
    (issues) => {
      checkClient(db, { methods: ['withoutPlugins', 'executeQuery', 'transaction'], advice: ADVICE }, issues);
      // Kysely does not expose its dialect, so there is no default.
      checkDialect((options as KyselyOptions | null | undefined)?.dialect, issues);
      checkClientOptions(options, { counts: ['busyTimeout'], others: ['dialect'] }, issues);
    },
    () => ofKysely(db, options),
  );
}

function ofKysely(db: KyselyDatabase, options: KyselyOptions): SqlDriver {
  const { dialect, busyTimeout } = options;
  const run = runOn(db, dialect);
  const database: Database = {
    dialect,
    run,
    async open(body) {
      const builder = dialect === 'sqlite' ? db.transaction() : db.transaction().setIsolationLevel('read committed');
      await builder.execute(async (trx) => {
        const inside = { dialect, run: runOn(trx, dialect) };
        await (dialect === 'sqlite' ? inImmediateTransaction(inside, busyTimeout, body) : body(inside));
      });
    },
  };
  const transaction = () => ({ dialect, run });
  // Each transaction has an executor of its own.
  const transactionKey = () => (db.isTransaction ? (db.getExecutor?.() ?? db) : undefined);
  return clientDriver({ database, transaction, transactionKey, advice: ADVICE }, options);
}

/** Runs statements on Kysely without its plugins. */
export function runOn(db: KyselyDatabase, dialect: Dialect) {
  return async (sql: string, parameters: readonly SqlParameter[]): Promise<unknown[]> => {
    const plain = db.withoutPlugins();
    const query = { kind: 'RawNode', sqlFragments: [sql], parameters: [] } as const;
    const given = dialect === 'sqlite' ? wholeNumbersAsBigint(parameters) : [...parameters];
    return (await plain.executeQuery({ sql, parameters: given, query, queryId: { queryId: 'smart-enrolments' } })).rows;
  };
}
