import type { Dialect, SqlDriver, SqlParameter } from '../driver.js';
import { checkDialect } from '../options.js';
import { checkClient, checkClientOptions, driverOf } from './check-client.js';
import { hostDriver, outsideDriver } from './outside.js';
import { exact } from './sqlite.js';
import { immediately } from './sqlite-immediate.js';

/** A statement as Kysely hands it to its own driver. */
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

/** What is asked of a `Kysely`, or of a `Transaction` of it. */
export interface KyselyDatabase {
  /** Whether it is a transaction. */
  readonly isTransaction: boolean;
  /** Answers the same database without plugins, which would change names and values. */
  withoutPlugins(): KyselyDatabase;
  /** Runs one compiled statement. */
  executeQuery(query: Compiled): Promise<{ readonly rows: unknown[] }>;
  /** Begins a transaction. */
  transaction(): TransactionBuilder;
}

/** Options of `fromKysely`. */
export interface KyselyOptions {
  /** The database behind Kysely, which its types do not tell. */
  readonly dialect: Dialect;
  /** SQLite only: how long to wait for another connection or process to end its transaction, in milliseconds; 10,000 unless told. */
  readonly busyTimeout?: number;
}

const ADVICE = 'Pass a Kysely or a Transaction of it to fromKysely.';

/**
 * Runs on Kysely, or inside a `Transaction` of it; plugins are left out. Over pg a connection that the server ends while it is
 * out emits an error that Kysely does not listen to, which ends the process: `pool.on('connect', (client) => client.on('error', log))`.
 */
export function fromKysely(db: KyselyDatabase, options: KyselyOptions): SqlDriver {
  return driverOf(
    (issues) => {
      checkClient(db, { methods: ['withoutPlugins', 'executeQuery', 'transaction'], advice: ADVICE }, issues);
      // The types of Kysely name no dialect, so that none is the default.
      checkDialect((options as KyselyOptions | null | undefined)?.dialect, issues);
      checkClientOptions(options, { counts: ['busyTimeout'], others: ['dialect'] }, issues);
    },
    () => ofKysely(db, options),
  );
}

function ofKysely(db: KyselyDatabase, { dialect, busyTimeout }: KyselyOptions): SqlDriver {
  const run = runOn(db, dialect);
  if (db.isTransaction) return hostDriver({ dialect, run }, ADVICE);
  return outsideDriver({
    dialect,
    run,
    async open(body) {
      const builder = dialect === 'sqlite' ? db.transaction() : db.transaction().setIsolationLevel('read committed');
      await builder.execute(async (trx) => {
        const inside = { dialect, run: runOn(trx, dialect) };
        await (dialect === 'sqlite' ? immediately(inside, busyTimeout, body) : body(inside));
      });
    },
  });
}

function runOn(db: KyselyDatabase, dialect: Dialect) {
  const plain = db.withoutPlugins();
  return async (sql: string, parameters: readonly SqlParameter[]): Promise<unknown[]> => {
    const query = { kind: 'RawNode', sqlFragments: [sql], parameters: [] } as const;
    const given = dialect === 'sqlite' ? exact(parameters) : [...parameters];
    return (await plain.executeQuery({ sql, parameters: given, query, queryId: { queryId: 'smart-enrolments' } })).rows;
  };
}
