import type { SqlDriver, SqlParameter } from '../driver.js';
import { checkClient, driverOf } from './check-client.js';
import { endingScope, inScope, noting, type Scope } from './closed-scope.js';
import { hostDriver, outsideDriver } from './outside.js';
import type { InsidePlace } from './place.js';

/** What is asked of the `sql` that `sql.begin` hands to its callback, or of a reserved one after its BEGIN. */
export interface PostgresJsTransaction {
  /** Runs one statement given as text. */
  unsafe(text: string, parameters?: never[]): PromiseLike<readonly unknown[]>;
  /** Runs work in a savepoint. */
  savepoint?(work: (sql: PostgresJsTransaction) => Promise<void>): Promise<unknown>;
}

/** What is asked of the `sql` of Postgres.js. */
export interface PostgresJs extends PostgresJsTransaction {
  /** Runs work in a transaction. */
  begin(options: string, work: (sql: PostgresJsTransaction) => Promise<void>): Promise<unknown>;
}

const ADVICE = 'Pass the sql of postgres(…) to fromPostgresJs, or the sql that sql.begin hands to its callback.';

/**
 * Runs on Postgres.js: on its `sql`, or inside a transaction on the `sql` that `sql.begin` hands to its callback. When the server ends a
 * connection, Postgres.js 3.4.9 itself throws errors that nothing can catch: while it reads array types, which `fetch_types: false`
 * prevents, and in a `sql.begin` of the host's own.
 */
export function fromPostgresJs(sql: PostgresJs | PostgresJsTransaction): SqlDriver {
  return driverOf(
    (issues) => checkClient(sql, { methods: ['unsafe'], advice: ADVICE }, issues),
    () => ('begin' in sql ? ofSql(sql) : hostDriver(insideOf(sql, {}), ADVICE)),
  );
}

function ofSql(sql: PostgresJs): SqlDriver {
  return outsideDriver({
    dialect: 'postgres',
    run: runOn(sql),
    async open(body) {
      const scope: Scope = {};
      const begin = (work: (inside: PostgresJsTransaction) => Promise<void>) =>
        endingScope(scope, sql.begin('isolation level read committed', work));
      await inScope(scope, begin, (inside) => body(insideOf(inside, scope)));
    },
  });
}

/** Postgres.js remembers every failed statement of a scope and undoes it all, so savepoints are scopes of its own. */
function insideOf(sql: PostgresJsTransaction, scope: Scope): InsidePlace {
  const place = { dialect: 'postgres', run: runOn(sql, scope) } as const;
  const { savepoint } = sql;
  if (!savepoint) return place;
  return { ...place, open: (body) => inScope(scope, savepoint, (inside) => body(insideOf(inside, scope))) };
}

function runOn(sql: PostgresJsTransaction, scope?: Scope) {
  return async (text: string, parameters: readonly SqlParameter[]): Promise<unknown[]> => [
    ...(await noting(scope, () => sql.unsafe(text, [...parameters] as never[]))),
  ];
}
