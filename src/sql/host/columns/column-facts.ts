import { isRetryable } from '../../../errors/retryable.js';
import type { SqlDriver } from '../../statement/driver.js';
import { type Fragment, queryJson } from '../../statement/fragment.js';
import { mysqlColumns } from './column-facts-mysql.js';
import { postgresColumns } from './column-facts-postgres.js';
import { sqliteColumns } from './column-facts-sqlite.js';
import type { HostTable } from './host-tables.js';

/** The definition of a column in the database's own catalog. */
export interface ColumnFacts {
  /**
   * The base type in lower case: on Postgres the name in `pg_type`, of the element for an array, domains resolved (`int4`, `bpchar`);
   * on MySQL `data_type` (`tinyint`, `bit`); on SQLite the affinity (`text`, `integer`, `real`, `numeric`, `blob`).
   */
  readonly type: string;
  /** The type in lower case as it was declared, length and sign included: `tinyint(1)`, `bigint(20) unsigned`, `character(1)`. */
  readonly declared: string;
  readonly isArray: boolean;
  readonly isEnum: boolean;
  /** Decimal digits of a `numeric` or `decimal`; null where unlimited, and for other types. */
  readonly precision: number | null;
  /** The character set of a text column on MySQL; null elsewhere. */
  readonly charset: string | null;
  /** The collation's name; null where the column has none. On SQLite always null: its catalog does not show it. */
  readonly collation: string | null;
  /** Whether `=`, DISTINCT and an index distinguish all texts whose bytes differ. */
  readonly isExact: boolean;
  readonly isNullable: boolean;
  /** Whether an index over every row begins with this column. */
  readonly isIndexed: boolean;
  /** Whether no two rows (of one tenant, where the table has a tenant column) have the same value. */
  readonly isUnique: boolean;
}

/** The facts of one table's columns by name; undefined for a column that the catalog does not show. */
export type ColumnsFacts = (column: string) => ColumnFacts | undefined;

/** A column's name and facts as the statement of each dialect returns them: 0 and 1 where a database has no booleans in JSON. */
export type FactsRow = readonly [
  name: string,
  type: string,
  declared: string,
  isArray: boolean | number,
  isEnum: boolean | number,
  precision: number | null,
  charset: string | null,
  collation: string | null,
  isExact: boolean | number,
  isNullable: boolean | number,
  isIndexed: boolean | number,
  isUnique: boolean | number,
];

const STATEMENTS: { readonly [Dialect in SqlDriver['dialect']]: (table: HostTable) => Fragment } = {
  postgres: postgresColumns,
  mysql: mysqlColumns,
  sqlite: sqliteColumns,
};

/**
 * Reads the facts of a table's or view's columns. If the catalog cannot be read, or has no such table, every fact is absent: callers then
 * assume nothing. Rejects only with a transient error, such as a lost connection.
 */
export async function columnFacts(db: SqlDriver, table: HostTable): Promise<ColumnsFacts> {
  return factsByName(db.dialect, await readRows(db, table));
}

function factsByName(dialect: SqlDriver['dialect'], rows: readonly FactsRow[]): ColumnsFacts {
  // Column names are case-insensitive on MySQL and SQLite.
  const key = (name: string): string => (dialect === 'postgres' ? name : name.toLowerCase());
  const byName = new Map(rows.map((row) => [key(row[0]), factsOf(row)]));
  return (column) => byName.get(key(column));
}

function factsOf(row: FactsRow): ColumnFacts {
  const [, type, declared, isArray, isEnum, precision, charset, collation, ...rest] = row;
  const [isExact, isNullable, isIndexed, isUnique] = rest;
  return {
    ...{ type, declared, isArray: Boolean(isArray), isEnum: Boolean(isEnum), precision, charset, collation },
    ...{ isExact: Boolean(isExact), isNullable: Boolean(isNullable) },
    ...{ isIndexed: Boolean(isIndexed), isUnique: Boolean(isUnique) },
  };
}

async function readRows(db: SqlDriver, table: HostTable): Promise<FactsRow[]> {
  const statement = STATEMENTS[db.dialect](table);
  const read = (on: SqlDriver): Promise<FactsRow[]> => queryJson<FactsRow>(on, statement);
  try {
    // In a savepoint, since a failed statement would abort the caller's transaction on Postgres.
    return await (db.inTransaction ? db.transaction(read) : read(db));
  } catch (error) {
    if (isRetryable(error)) throw error;
    return [];
  }
}

/** Reads each table's facts once and caches them. Facts that could not be read are read again: the table may not exist yet. */
export class ColumnFactsCache {
  readonly #known = new Map<string, ColumnsFacts>();

  async of(db: SqlDriver, table: HostTable): Promise<ColumnsFacts> {
    const key = JSON.stringify([db.dialect, table.table, table.tenant]);
    const known = this.#known.get(key);
    if (known) return known;
    const rows = await readRows(db, table);
    const facts = factsByName(db.dialect, rows);
    if (rows.length > 0) this.#known.set(key, facts);
    return facts;
  }

  /** Reads all facts again, since a table may have changed. */
  clear(): void {
    this.#known.clear();
  }
}
