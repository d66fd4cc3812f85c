import type { SqlDriver, SqlParameter } from '../driver.js';
import { checkClient, checkClientOptions, driverOf } from './check-client.js';
import { endingScope, inScope, noting, type Scope } from './closed-scope.js';
import { hostDriver, outsideDriver } from './outside.js';
import type { InsidePlace, Open } from './place.js';
import { cut } from './placeholders.js';
import { rowsOf } from './rows.js';

const READ_COMMITTED = { isolationLevel: 'read committed' } as const;

/** What is asked of the `sql` of drizzle-orm. */
export interface DrizzleSql<Query> {
  /** Makes a query of text as it is. */
  raw(text: string): Query;
  /** Makes a parameter. */
  param(value: unknown): unknown;
  /** Puts parts together. */
  join(chunks: never[], separator?: never): Query;
}

/** What is asked of a database of drizzle-orm, or of a transaction of it (which has `rollback`). */
export interface DrizzleDatabase<Query> {
  /** Runs a query. */
  execute(query: Query): PromiseLike<unknown>;
  /** Runs work in a transaction, or in a savepoint of one. */
  transaction(
    work: (tx: DrizzleDatabase<Query>) => Promise<void>,
    options?: { readonly isolationLevel: 'read committed' },
  ): Promise<unknown>;
}

/** Options of `fromDrizzle`. */
export interface DrizzleOptions {
  /** The database behind Drizzle; `postgres` unless told. Over SQLite, make a driver of the client beneath. */
  readonly dialect?: 'postgres' | 'mysql';
}

const ADVICE =
  'Pass a database of Drizzle to fromDrizzle, or the tx that its transaction hands to its callback, and the sql of drizzle-orm.';

/**
 * Runs on Drizzle, or inside a transaction of it, with the `sql` that the host imports from drizzle-orm. Over pg a connection that
 * the server ends while it is out emits an error that Drizzle does not listen to, which ends the process:
 * `pool.on('connect', (client) => client.on('error', log))`. Over mysql2 parameters are written into the text, by mysql2.
 */
export function fromDrizzle<Query>(
  db: DrizzleDatabase<Query>,
  sql: DrizzleSql<Query>,
  options?: DrizzleOptions,
): SqlDriver {
  return driverOf(
    (issues) => {
      checkClient(db, { methods: ['execute', 'transaction'], advice: ADVICE }, issues);
      checkClient(sql, { methods: ['raw', 'param', 'join'], advice: ADVICE }, issues, 'sql');
      checkClientOptions(options, { dialects: ['postgres', 'mysql'] }, issues);
    },
    () => ofDrizzle(db, sql, options),
  );
}

function ofDrizzle<Query>(
  db: DrizzleDatabase<Query>,
  sql: DrizzleSql<Query>,
  { dialect = 'postgres' }: DrizzleOptions = {},
): SqlDriver {
  // Over Postgres.js only Drizzle's own savepoints survive a failed statement.
  const placeOf = (tx: DrizzleDatabase<Query>, scope: Scope): InsidePlace => ({
    dialect,
    run: (text, parameters) => noting(scope, () => run(tx, sql, text, parameters, dialect)),
    open: openOn(tx, scope),
  });
  const openOn =
    (tx: DrizzleDatabase<Query>, scope: Scope): Open =>
    (body) =>
      inScope<DrizzleDatabase<Query>>(
        scope,
        (work) => unwrapped(tx.transaction(work)),
        (inside) => body(placeOf(inside, scope)),
      );
  if ('rollback' in db) return hostDriver(placeOf(db, {}), ADVICE);
  return outsideDriver({
    dialect,
    run: (text, parameters) => run(db, sql, text, parameters, dialect),
    async open(body) {
      const scope: Scope = {};
      const begin = (work: (inside: DrizzleDatabase<Query>) => Promise<void>) =>
        endingScope(scope, unwrapped(db.transaction(work, dialect === 'mysql' ? READ_COMMITTED : undefined)));
      await inScope(scope, begin, async (inside) => {
        const place = placeOf(inside, scope);
        // Over Postgres.js Drizzle itself would send this, and then a ROLLBACK on a connection that has ended meanwhile.
        if (dialect === 'postgres') await place.run('SET TRANSACTION ISOLATION LEVEL READ COMMITTED', []);
        await body(place);
      });
    },
  });
}

async function run<Query>(
  db: DrizzleDatabase<Query>,
  sql: DrizzleSql<Query>,
  text: string,
  given: readonly SqlParameter[],
  dialect: 'postgres' | 'mysql',
): Promise<unknown[]> {
  const { pieces, parameters } = cut(text, given, dialect);
  const chunks = pieces.flatMap((piece, i) => [
    sql.raw(piece),
    ...parameters.slice(i, i + 1).map((each) => sql.param(each)),
  ]);
  return rowsOf(await unwrapped(db.execute(sql.join(chunks as never[]))), dialect);
}

/** Drizzle wraps errors of the database; what it wrapped is what tells. */
async function unwrapped<T>(call: PromiseLike<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error && 'query' in error && error.cause !== undefined) throw error.cause;
    throw error;
  }
}
