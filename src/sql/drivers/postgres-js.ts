import type { SqlDriver, SqlParameter } from '../driver.js';
import { checkClient, driverOf } from './check-client.js';
import { endingScope, inScope, recordingLoss, type Scope } from './closed-scope.js';
import { hostDriver, outsideDriver } from './outside.js';
import type { InsidePlace } from './place.js';

/** The part of the `sql` in a `sql.begin` callback, or of a reserved one after its BEGIN, that the driver uses. */
export interface PostgresJsTransaction {
  /** Runs one statement given as text. */
  unsafe(text: string, parameters?: never[]): PromiseLike<readonly unknown[]>;
  /** Runs work in a savepoint. */
  savepoint?(work: (sql: PostgresJsTransaction) => Promise<void>): Promise<unknown>;
}

/** The part of Postgres.js's `sql` that the driver uses. */
export interface PostgresJs extends PostgresJsTransaction {
  /** Runs work in a transaction. */
  begin(options: string, work: (sql: PostgresJsTransaction) => Promise<void>): Promise<unknown>;
}

const ADVICE = 'Pass the sql of postgres(…), or the sql of a sql.begin callback, to fromPostgresJs.';

/**
 * Creates a driver for Postgres.js: for its `sql`, or for the `sql` of a `sql.begin` callback inside that transaction. When the server ends a
 * connection, Postgres.js 3.4.9 itself throws errors that cannot be caught: while it reads array types, which `fetch_types: false`
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

/** Postgres.js rolls back a scope in which any statement failed, so savepoints must be scopes of Postgres.js itself. */
function insideOf(sql: PostgresJsTransaction, scope: Scope): InsidePlace {
  const place = { dialect: 'postgres', run: runOn(sql, scope) } as const;
  const { savepoint } = sql;
  if (!savepoint) return place;
  return { ...place, open: (body) => inScope(scope, savepoint, (inside) => body(insideOf(inside, scope))) };
}

function runOn(sql: PostgresJsTransaction, scope?: Scope) {
  return async (text: string, parameters: readonly SqlParameter[]): Promise<unknown[]> => [
    ...(await recordingLoss(scope, () => sql.unsafe(text, [...parameters] as never[]))),
  ];
}
