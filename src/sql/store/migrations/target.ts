import type { Dialect } from '../../statement/driver.js';
import { type Fragment, raw } from '../../statement/fragment.js';
import { type IdKind, typeOfKind } from '../../statement/id-kind.js';
import { quoted } from '../../statement/identifier.js';
import { PREFIX, TABLES } from '../../statement/tables.js';

/** Every table that a step creates or changes, including those that later steps drop. */
export const TABLE_NAMES = [...TABLES, 'unsettled', 'unsettled_moved', 'pairs_copy'] as const;
export type TableName = (typeof TABLE_NAMES)[number];

/** How the library's tables are created. */
export interface SchemaOptions {
  /** The prefix of their names. Default `smart_enrolments_`; `schema.prefix_` puts them in a schema. */
  readonly prefix?: string;
  /** The kind of the host's learner ids. Default `text`. */
  readonly learnerIds?: IdKind;
  /**
   * Whether the table of assignments is kept (semantics §8), as in `createSqlRepositories`. Default: as existing tables of step 4 are, and
   * otherwise true.
   */
  readonly assignmentsTable?: boolean;
}

/** The tables to migrate. */
export interface Target extends Required<SchemaOptions> {
  readonly dialect: Dialect;
}

export function targetOf(dialect: Dialect, options: SchemaOptions): Target {
  const { prefix = PREFIX, learnerIds = 'text', assignmentsTable = true } = options;
  return { dialect, prefix, learnerIds, assignmentsTable };
}

/** The name of a table, quoted, with its schema if the prefix names one. */
export function tableOf({ dialect, prefix }: Target, name: TableName): Fragment {
  return quoted(dialect, prefix + name, 'prefix');
}

/** The schema that the prefix names, and a table's name without it. */
export function partsOf({ prefix }: Target, name: TableName): { readonly schema?: string; readonly table: string } {
  const [first, second] = prefix.split('.') as [string, string?];
  return second === undefined ? { table: first + name } : { schema: first, table: second + name };
}

/** The name of a table within its schema, quoted. */
export function bareNameOf(target: Target, name: TableName): Fragment {
  return quoted(target.dialect, partsOf(target, name).table, 'prefix');
}

/** The types of the tables' columns. */
export function columnTypes({ dialect, learnerIds }: Target) {
  return {
    id: typeOfKind(dialect, 'text'),
    learner: typeOfKind(dialect, learnerIds),
    tenant: raw({ postgres: 'text', mysql: 'VARBINARY(64)', sqlite: 'TEXT' }[dialect]),
    long: raw(dialect === 'mysql' ? 'LONGTEXT CHARACTER SET utf8mb4' : 'TEXT'),
    instant: raw({ postgres: 'timestamptz(3)', mysql: 'DATETIME(3)', sqlite: 'TEXT' }[dialect]),
    short: raw(dialect === 'mysql' ? 'VARCHAR(64) CHARACTER SET ascii' : 'TEXT'),
    number: raw(
      {
        postgres: 'bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
        mysql: 'BIGINT AUTO_INCREMENT PRIMARY KEY',
        sqlite: 'INTEGER PRIMARY KEY AUTOINCREMENT',
      }[dialect],
    ),
  };
}
