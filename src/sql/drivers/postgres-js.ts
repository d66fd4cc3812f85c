import type { SqlDriver, SqlParameter } from '../driver.js';
import { hostDriver, outsideDriver } from './outside.js';
import type { InsidePlace } from './place.js';

/** What is asked of the `sql` that `sql.begin` hands to its callback, or of a reserved one after its BEGIN. */
export interface PostgresJsTransaction {
  unsafe(text: string, parameters?: never[]): PromiseLike<readonly unknown[]>;
  savepoint?(work: (sql: PostgresJsTransaction) => Promise<void>): Promise<unknown>;
}

/** What is asked of the `sql` of Postgres.js. */
export interface PostgresJs extends PostgresJsTransaction {
  begin(options: string, work: (sql: PostgresJsTransaction) => Promise<void>): Promise<unknown>;
}

const ADVICE = 'Pass the sql of postgres(…) to fromPostgresJs, or the sql that sql.begin hands to its callback.';

/** Runs on Postgres.js: on its `sql`, or inside a transaction on the `sql` that `sql.begin` hands to its callback. */
export function fromPostgresJs(sql: PostgresJs | PostgresJsTransaction): SqlDriver {
  if (!('begin' in sql)) return hostDriver(insideOf(sql), ADVICE);
  return outsideDriver({
    dialect: 'postgres',
    run: runOn(sql),
    async open(body) {
      await sql.begin('isolation level read committed', (inside) => body(insideOf(inside)));
    },
  });
}

/** Postgres.js remembers every failed statement of a scope and undoes it all, so savepoints are scopes of its own. */
function insideOf(sql: PostgresJsTransaction): InsidePlace {
  const place = { dialect: 'postgres', run: runOn(sql) } as const;
  if (!sql.savepoint) return place;
  return {
    ...place,
    async open(body) {
      await sql.savepoint?.((inside) => body(insideOf(inside)));
    },
  };
}

function runOn(sql: PostgresJsTransaction) {
  return async (text: string, parameters: readonly SqlParameter[]): Promise<unknown[]> => [
    ...(await sql.unsafe(text, [...parameters] as never[])),
  ];
}
