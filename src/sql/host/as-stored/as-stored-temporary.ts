import { MAX_PARAMETERS } from '../../statement/bounds.js';
import type { SqlDriver, SqlParameter } from '../../statement/driver.js';
import { type Fragment, joined, raw, run, sql } from '../../statement/fragment.js';
import { quoted } from '../../statement/identifier.js';
import type { HostTables } from '../columns/host-tables.js';
import { withoutOffset } from '../columns/profile-value.js';
import { TableRef } from '../columns/table-ref.js';
import type { HostRefs } from '../refs.js';
import { POSITION, type StoredRows } from './stored-rows.js';
import { createTemporary, dropTemporary, type TemporaryTable } from './temporary-table.js';
import { type Written, type WrittenLearner, writtenColumns } from './written-learner.js';

/**
 * Reads learners as MySQL, MariaDB or SQLite would store them, from temporary tables with columns of the same types: no cast in these
 * databases converts as an INSERT does. The tables are dropped before this resolves or rejects.
 */
export function storedInTemporaryTables<T>(
  db: SqlDriver,
  tables: HostTables,
  refs: HostRefs,
  work: (rows: StoredRows) => Promise<T>,
): Promise<T> {
  const { learners: u, placements: p, values: v } = refs;
  const { id, values } = tables.learners;
  const segment = tables.placements?.segment;
  const people = {
    like: u,
    name: 'smart_enrolments_people',
    columns: writtenColumns(u.dialect, tables.learners),
    key: id,
  };
  const facts = v && values && { like: v, name: 'smart_enrolments_values', columns: [values.field, values.value] };
  const placed = p && segment !== undefined && { like: p, name: 'smart_enrolments_placed', columns: [segment] };
  const all: TemporaryTable[] = [people, facts, placed].filter((table) => typeof table === 'object');
  const given: HostRefs = {
    ...{ ...refs, learners: refOf(people) },
    values: facts && refOf(facts),
    placements: placed ? refOf(placed) : undefined,
    isOf: (table) => sql`${raw(table.alias)}.${raw(POSITION)} = ${raw(u.alias)}.${raw(POSITION)}`,
  };

  return db.transaction(async (tx) => {
    await dropTemporary(tx, all);
    try {
      for (const table of all) await createTemporary(tx, table);
      const result = await work(async (written, read) => {
        for (const table of all) await run(tx, sql`DELETE FROM ${nameOf(table)}`);
        await insert(tx, people, written, ({ columns }) => [columns]);
        if (facts) await insert(tx, facts, written, ({ values: rows }) => rows);
        if (placed) await insert(tx, placed, written, ({ segments }) => segments.map((one) => [one]));
        return read(tx, given);
      });
      await dropTemporary(tx, all);
      return result;
    } catch (error) {
      // If the connection was lost, the database has dropped the tables.
      await dropTemporary(tx, all).catch(() => undefined);
      throw error;
    }
  });
}

function refOf({ like, name }: TemporaryTable): TableRef {
  const table = like.dialect === 'sqlite' ? `temp.${name}` : name;
  return new TableRef(like.dialect, { table }, like.alias, undefined, like.facts);
}

const nameOf = (table: TemporaryTable): Fragment => quoted(table.like.dialect, refOf(table).host.table, 'table');

/** Inserts the rows of each learner, with the learner's position. */
async function insert(
  tx: SqlDriver,
  table: TemporaryTable,
  written: readonly WrittenLearner[],
  rowsOf: (learner: WrittenLearner) => readonly (readonly Written[])[],
): Promise<void> {
  const rows = written.flatMap((learner, position) => rowsOf(learner).map((row) => [position, ...row]));
  const names = [raw(POSITION), ...table.columns.map((name) => quoted(tx.dialect, name, 'column'))];
  const types = [undefined, ...table.columns.map((name) => table.like.facts(name)?.type)];
  const rowsPerStatement = Math.floor(MAX_PARAMETERS / names.length);
  for (let from = 0; from < rows.length; from += rowsPerStatement) {
    const records = rows.slice(from, from + rowsPerStatement).map((row) => {
      const items = row.map((value, i) => sql`${parameter(value, types[i])}`);
      return sql`(${joined(items, ', ')})`;
    });
    await run(tx, sql`INSERT INTO ${nameOf(table)} (${joined(names, ', ')}) VALUES ${joined(records, ', ')}`);
  }
}

/** A value as a client sends it. A JSON column accepts only JSON. */
function parameter(value: Written, type: string | undefined): SqlParameter {
  if (value === null || value === undefined) return null;
  if (typeof value === 'object' || type === 'json') return JSON.stringify(value);
  // MariaDB rejects offsets; hosts write instants in UTC, as they are read.
  if (typeof value === 'string' && (type === 'datetime' || type === 'timestamp')) return withoutOffset(value);
  return typeof value === 'boolean' ? Number(value) : value;
}
