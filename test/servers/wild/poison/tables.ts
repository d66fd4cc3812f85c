import type { Dialect, HostTables, SqlDriver, SqlParameter } from '../../../../src/sql/index.js';

/** The tables of a small LMS. None has a key, so that they accept every row that a view or an import could produce. */
const COLUMNS = {
  people: ['id', 'active', 'profile', 'site'],
  memberships: ['person'],
  facts: ['person', 'field', 'value'],
  placed: ['person', 'segment'],
  courses: ['id', 'title', 'method'],
  own: ['person', 'course'],
  records: ['person', 'course', 'state', 'archived'],
} as const;

export type Table = keyof typeof COLUMNS;
/** A row to add, or a column to set in some rows. */
export type Change =
  | { readonly insert: Table; readonly row: readonly SqlParameter[] }
  | { readonly update: Table; readonly set: string; readonly to: SqlParameter; readonly id: string }
  | { readonly remove: Table; readonly id: string };

const NUMBERS: ReadonlySet<string> = new Set(['active', 'archived']);
const LONG: ReadonlySet<string> = new Set(['profile', 'site', 'value', 'title', 'state']);

function typeOf(dialect: Dialect, column: string): string {
  if (NUMBERS.has(column)) return 'INTEGER';
  if (dialect !== 'mysql') return 'TEXT';
  return LONG.has(column) ? 'LONGTEXT CHARACTER SET utf8mb4' : 'VARCHAR(3000) CHARACTER SET utf8mb4';
}

export async function makeTables(db: SqlDriver): Promise<void> {
  for (const [table, columns] of Object.entries(COLUMNS)) {
    const typed = columns.map((column) => `${column} ${typeOf(db.dialect, column)}`);
    await db.query(`CREATE TABLE ${table} (${typed.join(', ')})`);
  }
  await db.query('CREATE VIEW members AS SELECT people.* FROM people LEFT JOIN memberships ON person = id');
}

/** Replaces the contents of the tables with these rows. */
export async function fillTables(db: SqlDriver, rows: readonly Change[]): Promise<void> {
  for (const table of Object.keys(COLUMNS)) await db.query(`DELETE FROM ${table}`);
  await make(db, rows);
}

/** Makes changes, in one statement each. */
export async function make(db: SqlDriver, changes: readonly Change[]): Promise<void> {
  for (const change of changes) {
    const [text, parameters] = statement(change);
    let next = 0;
    await db.query(db.dialect === 'postgres' ? text.replace(/\?/gu, () => `$${++next}`) : text, parameters);
  }
}

function statement(change: Change): [text: string, parameters: SqlParameter[]] {
  if ('insert' in change)
    return [`INSERT INTO ${change.insert} VALUES (${change.row.map(() => '?').join(', ')})`, [...change.row]];
  if ('remove' in change) return [`DELETE FROM ${change.remove} WHERE id = ?`, [change.id]];
  return [`UPDATE ${change.update} SET ${change.set} = ? WHERE id = ?`, [change.to, change.id]];
}

/** The description of the tables for sqlHost; learners may be read through a view with a join. */
export function hostOf(learners: 'people' | 'members', fields: HostTables['fields']): HostTables {
  return {
    learners: {
      ...{ table: learners, id: 'id', active: 'active', json: 'profile', columns: { site: 'site' } },
      values: { table: 'facts', learner: 'person', field: 'field', value: 'value' },
    },
    placements: { table: 'placed', learner: 'person', segment: 'segment' },
    courses: { table: 'courses', id: 'id', title: 'title', enrolmentMethod: 'method' },
    individual: { table: 'own', learner: 'person', course: 'course' },
    training: { table: 'records', learner: 'person', course: 'course', status: 'state', archived: 'archived' },
    ...(fields && { fields }),
  };
}
