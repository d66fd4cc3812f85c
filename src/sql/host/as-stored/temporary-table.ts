import { isRetryable } from '../../../errors/retryable.js';
import type { SqlDriver } from '../../statement/driver.js';
import { type Fragment, joined, raw, run, sql } from '../../statement/fragment.js';
import { quoted } from '../../statement/identifier.js';
import type { TableRef } from '../columns/table-ref.js';
import { POSITION } from './stored-rows.js';

/** A temporary table with some columns of a host's table. */
export interface TemporaryTable {
  /** The host's table. */
  readonly like: TableRef;
  readonly name: string;
  readonly columns: readonly string[];
  /** The primary key of the host's table, if it is among the columns. */
  readonly key?: string;
}

/** Creates a temporary table: its columns convert values as the host's do, and allow NULL. */
export async function createTemporary(db: SqlDriver, table: TemporaryTable): Promise<void> {
  const { like, name, columns } = table;
  if (db.dialect === 'sqlite') return createInSqlite(db, table);
  const names = columns.map((column) => sql`h.${quoted(db.dialect, column, 'column')}`);
  // Columns of an outer join allow NULL.
  const none = sql`SELECT ${joined(names, ', ')} FROM (SELECT 1 AS one) AS o
    LEFT JOIN ${quoted(db.dialect, like.host.table, 'table')} AS h ON FALSE WHERE FALSE`;
  await run(
    db,
    sql`CREATE TEMPORARY TABLE ${raw(name)} (${raw(POSITION)} INT, KEY (${raw(POSITION)})) ENGINE=InnoDB AS ${none}`,
  );
}

async function createInSqlite(db: SqlDriver, { like, name, columns, key }: TemporaryTable): Promise<void> {
  const isStrict = await hasStrictTypes(db, like.host.table);
  const typed = columns.map((column) => {
    const facts = like.facts(column);
    const quotedName = quoted(db.dialect, column, 'column');
    // The declared types of a strict table are the names of affinities, and `any`.
    const type = raw(facts ? (isStrict ? facts.declared : facts.type) : 'blob');
    // INTEGER PRIMARY KEY accepts only integers.
    const isRowId = column === key && facts?.declared === 'integer' && facts.isUnique;
    return sql`${quotedName} ${type}${isRowId ? sql` CHECK (typeof(${quotedName}) = 'integer')` : sql``}`;
  });
  const definition = joined([raw(`${POSITION} INTEGER`), ...typed], ', ');
  await run(db, sql`CREATE TABLE temp.${raw(name)} (${definition})${raw(isStrict ? ' STRICT' : '')}`);
  await run(db, sql`CREATE INDEX temp.${raw(`${name}_at`)} ON ${raw(name)} (${raw(POSITION)})`);
}

/** Drops temporary tables that exist. */
export async function dropTemporary(db: SqlDriver, tables: readonly TemporaryTable[]): Promise<void> {
  const [words, schema] = db.dialect === 'sqlite' ? ['TABLE', 'temp.'] : ['TEMPORARY TABLE', ''];
  for (const { name } of tables) await run(db, sql`DROP ${raw(words)} IF EXISTS ${raw(schema + name)}`);
}

/** Whether a table of SQLite is STRICT; versions without strict tables do not know the pragma. */
async function hasStrictTypes(db: SqlDriver, table: string): Promise<boolean> {
  const [name, schema] = table.split('.').reverse() as [string, string | undefined];
  const isSchema: Fragment = schema === undefined ? raw('TRUE') : sql`schema = ${schema}`;
  try {
    const found = await run(db, sql`SELECT 1 AS j FROM pragma_table_list(${name}) WHERE strict = 1 AND ${isSchema}`);
    return found.length > 0;
  } catch (error) {
    if (isRetryable(error)) throw error;
    return false;
  }
}
