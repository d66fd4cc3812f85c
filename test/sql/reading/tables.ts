import type { Dialect, HostTables, SqlDriver } from '../../../src/sql/index.js';

/** A plain text type with the default collation, and one for keys. */
export const TEXT: { readonly [D in Dialect]: string } = { postgres: 'text', mysql: 'LONGTEXT', sqlite: 'TEXT' };
export const KEY: { readonly [D in Dialect]: string } = {
  postgres: 'varchar(100)',
  mysql: 'VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci',
  sqlite: 'VARCHAR(100) COLLATE NOCASE',
};

/** Runs statements, each with `$` for the prefix. */
export async function runAll(db: SqlDriver, prefix: string, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await db.query(statement.replaceAll('$', prefix));
}

/** The names of the tables that most cases have. */
export function tablesOf(prefix: string, more: Partial<HostTables['learners']> = {}): HostTables {
  return {
    learners: { table: `${prefix}people`, id: 'id', ...more },
    courses: { table: `${prefix}courses`, id: 'id', enrolmentMethod: 'method' },
    individual: { table: `${prefix}individual`, learner: 'learner', course: 'course' },
    training: {
      ...{ table: `${prefix}training`, learner: 'learner', course: 'course', status: 'status', archived: 'archived' },
    },
  };
}
