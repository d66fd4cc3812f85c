import type { LearnerDiff } from '../../../model/diff.js';
import type { SqlDriver } from '../../statement/driver.js';
import { sql } from '../../statement/fragment.js';
import { constantFor, hasConstants, isConstant } from '../columns/constant.js';
import type { Constant, EnrolmentsTable, HostTables, KeptTraining } from '../columns/host-tables.js';
import type { TableRef } from '../columns/table-ref.js';
import type { HostRefs } from '../refs.js';
import { archivedNow, isLive, notArchived } from './archived.js';
import { type Changes, changesIn, type Pair } from './changes.js';
import { type Cell, changeRows, insertMissing } from './kept-rows.js';
import type { KeptTable } from './kept-table.js';

/** Writes what these diffs change to the host's tables of enrolments and of training records; a diff written twice changes nothing more. */
export async function keepTables(
  db: SqlDriver,
  tables: HostTables,
  refs: HostRefs,
  diffs: readonly LearnerDiff[],
  at: string,
): Promise<void> {
  const changes = changesIn(diffs);
  const { enrolments, training } = tables;
  if (enrolments) await keepEnrolments(db, keptTable(refs.enrolments!, enrolments, refs, tables), enrolments, changes);
  const { keep } = training ?? {};
  if (keep) {
    const archived = training!.archived!;
    const kept = keptTable(refs.training!, training!, refs, tables);
    await keepTraining(db, kept, { ...keep, column: archived, statusColumn: training!.status, at }, changes);
  }
}

function keptTable(table: TableRef, names: KeptTable['names'], refs: HostRefs, tables: HostTables): KeptTable {
  return { table, names, refs, tables };
}

async function keepEnrolments(
  db: SqlDriver,
  kept: KeptTable,
  { set = {}, status }: EnrolmentsTable,
  { held, released }: Changes,
): Promise<void> {
  const { table } = kept;
  const own = hasConstants(table, set);
  const setStatus = (pairs: readonly Pair[], value: Constant): Promise<void> => {
    const differs = sql`${own} AND NOT ${isConstant(table, status!.column, value)}`;
    return changeRows(db, kept, pairs, differs, [status!.column, constantFor(table, status!.column, value)]);
  };
  if (status) await setStatus(held, status.active);
  const started = status && { [status.column]: status.active };
  const cells = cellsOf(table, { ...set, ...started });
  await insertMissing(db, kept, held, { cells, unless: own, skipsConflicts: true });
  if (status) await setStatus(released, status.ended);
  else await changeRows(db, kept, released, own, undefined);
}

interface Keeping extends KeptTraining {
  /** The column that marks archived records. */
  readonly column: string;
  readonly statusColumn: string;
  readonly at: string;
}

async function keepTraining(
  db: SqlDriver,
  kept: KeptTable,
  { set = {}, status, statusColumn, archived, column, at }: Keeping,
  { recordsStarted, recordsArchived }: Changes,
): Promise<void> {
  const { table } = kept;
  const live = isLive(table, column);
  const none = notArchived(table, column);
  const cells = cellsOf(table, { ...set, [statusColumn]: status });
  if (none) cells.push([column, none]);
  await insertMissing(db, kept, recordsStarted, { cells, unless: live, skipsConflicts: false });
  const value = archived === undefined ? archivedNow(table, column, at) : constantFor(table, column, archived);
  await changeRows(db, kept, recordsArchived, live, [column, value]);
}

function cellsOf(table: TableRef, values: Readonly<Record<string, Constant>>): Cell[] {
  return Object.entries(values).map(([name, value]) => [name, constantFor(table, name, value)]);
}
