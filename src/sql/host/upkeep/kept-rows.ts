import { rowsTable } from '../../statement/dialect.js';
import type { SqlDriver } from '../../statement/driver.js';
import { type Fragment, joined, raw, run, sql } from '../../statement/fragment.js';
import { ofKind } from '../../statement/id-kind.js';
import { quoted } from '../../statement/identifier.js';
import { splitRows } from '../../statement/split.js';
import { constantFor, typed } from '../columns/constant.js';
import { foldsCase } from '../columns/same-id.js';
import { isOneOfLearners } from '../rows-about-learners.js';
import type { Pair } from './changes.js';
import type { KeptTable } from './kept-table.js';
import { collated, rowKey } from './row-key.js';

const COLUMNS = { who: 'text', what: 'text' } as const;

/** The new value of a column. */
export type Cell = readonly [column: string, value: Fragment];

/** What is inserted for each pair besides its ids, and when. */
export interface NewRow {
  readonly cells: readonly Cell[];
  /** A condition on existing rows of a pair; where one satisfies it, no row is inserted. */
  readonly unless: Fragment;
  /** Whether a row that a unique key forbids is left out, instead of failing. */
  readonly skipsConflicts: boolean;
}

/** Inserts a row for each pair that has none yet, in one statement (more only for very many pairs). */
export async function insertMissing(
  db: SqlDriver,
  kept: KeptTable,
  pairs: readonly Pair[],
  { cells, unless, skipsConflicts }: NewRow,
): Promise<void> {
  const { dialect } = db;
  const { table: t, names } = kept;
  const { row, given, indexed, joins } = rowKey(kept);
  const values: Cell[] = [
    [names.learner, learnerValue(kept)],
    [names.course, dialect === 'postgres' ? typed(t.facts(names.course), raw('given.what')) : raw('given.what')],
    ...cells,
  ];
  const { tenant } = t.host;
  if (tenant !== undefined && t.tenant !== undefined) values.push([tenant, constantFor(t, tenant, t.tenant)]);
  const into = quoted(dialect, t.host.table, 'table');
  const columns = values.map(([name]) => quoted(dialect, name, 'column'));
  const selected = values.map(([, value]) => value);
  const existing = sql`SELECT 1 FROM ${t.from} ${joins} WHERE ${indexed} AND ${row[0]} = ${given[0]} AND ${row[1]} = ${given[1]}
    AND ${t.tenantCondition} AND ${unless}`;
  const end = skipsConflicts ? ignored(kept) : raw('');
  for (const some of splitRows(pairs)) {
    await run(
      db,
      sql`INSERT INTO ${into} (${joined(columns, ', ')}) SELECT ${joined(selected, ', ')}
        FROM ${rowsTable(dialect, COLUMNS, some)} WHERE NOT EXISTS (${existing}) ${end}`,
    );
  }
}

/** Deletes the rows of these pairs that satisfy a condition, or sets a column of them, in one statement (more only for very many pairs). */
export async function changeRows(
  db: SqlDriver,
  kept: KeptTable,
  pairs: readonly Pair[],
  where: Fragment,
  cell: Cell | undefined,
): Promise<void> {
  const { dialect } = db;
  const { table: t, names, tables } = kept;
  const { row, given, indexed, joins } = rowKey(kept);
  const own = sql`${t.tenantCondition} AND ${where}`;
  const column = cell && quoted(dialect, cell[0], 'column');
  for (const some of splitRows(pairs)) {
    const rows = rowsTable(dialect, COLUMNS, some);
    if (dialect === 'mysql') {
      // As a join, since MySQL would evaluate a subquery for each row.
      const from = sql`${t.from} ${joins} JOIN ${rows} ON ${indexed} AND ${row[0]} = ${given[0]} AND ${row[1]} = ${given[1]}`;
      const change = cell
        ? sql`UPDATE ${from} SET ${t.column(cell[0])} = ${cell[1]} WHERE ${own}`
        : sql`DELETE ${raw(t.alias)} FROM ${from} WHERE ${own}`;
      await run(db, change);
      continue;
    }
    const ids = [...new Set(some.map(({ who }) => who))];
    const among = isOneOfLearners(t, names.learner, tables.learners.ids ?? 'text', ids);
    const which = sql`WHERE ${among} AND (${joined(row, ', ')}) IN (SELECT ${joined(given, ', ')} FROM ${rows}) AND ${own}`;
    const change = cell
      ? sql`UPDATE ${t.from} SET ${column!} = ${cell[1]} ${which}`
      : sql`DELETE FROM ${t.from} ${which}`;
    await run(db, change);
  }
}

/** The learner's id as a value of the kept table, in the letter case of the learners' table. */
function learnerValue({ table, names, refs, tables }: KeptTable): Fragment {
  const { dialect } = table;
  const { id, ids: kind = 'text' } = tables.learners;
  const who = raw('given.who');
  const { learners: u } = refs;
  if (kind === 'uuid' && !foldsCase(dialect, u.facts(id))) {
    const same = collated(dialect, u.facts(id), who);
    return sql`COALESCE((SELECT ${u.column(id)} FROM ${u.from} WHERE ${u.column(id)} IN (${same}, UPPER(${same})) AND ${u.tenantCondition} LIMIT 1), ${who})`;
  }
  if (kind !== 'text') return ofKind(dialect, kind, who);
  return dialect === 'postgres' ? typed(table.facts(names.learner), who) : who;
}

/** The end of an INSERT that leaves out rows that a unique key forbids. */
function ignored({ table: t, names }: KeptTable): Fragment {
  if (t.dialect !== 'mysql') return raw('ON CONFLICT DO NOTHING');
  // IGNORE would also hide values that do not fit their columns.
  const column = quoted(t.dialect, `${t.host.table}.${names.learner}`, 'column');
  return sql`ON DUPLICATE KEY UPDATE ${column} = ${column}`;
}
