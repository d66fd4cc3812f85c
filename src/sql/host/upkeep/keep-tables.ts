import type { LearnerDiff } from '../../../model/diff.js';
import type { SqlDriver } from '../../statement/driver.js';
import { type Fragment, sql } from '../../statement/fragment.js';
import { constantFor, hasConstants, isConstant } from '../columns/constant.js';
import type { Constant, EnrolmentsTable, HostTables, KeptTraining } from '../columns/host-tables.js';
import type { TableRef } from '../columns/table-ref.js';
import type { HostRefs } from '../refs.js';
import { archivedNow, isLive, notArchived } from './archived.js';
import { type Changes, changesIn, type Pair } from './changes.js';
import { type Cell, changeRows, insertMissing } from './kept-rows.js';
import type { KeptTable } from './kept-table.js';
import { writing } from './write-error.js';

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
  if (enrolments) {
    const kept = keptTable(refs.enrolments!, enrolments, refs, tables);
    await writing('enrolments', enrolments.table, () => keepEnrolments(db, kept, enrolments, changes));
  }
  if (training?.keep) {
    const { status: statusColumn, archived: column } = training;
    const kept = keptTable(refs.training!, training, refs, tables);
    const keeping = { ...training.keep, column: column!, statusColumn, at };
    await writing('training', training.table, () => keepTraining(db, kept, keeping, changes));
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
  const setStatus = (pairs: readonly Pair[], value: Constant, where: Fragment): Promise<void> =>
    changeRows(db, kept, pairs, sql`${own} AND ${where}`, [status!.column, constantFor(table, status!.column, value)]);
  const isEnded = status && isConstant(table, status.column, status.ended);
  // Any other status is the host's, such as one of an enrolment that is suspended.
  if (status) await setStatus(held, status.active, isEnded!);
  const started = status && { [status.column]: status.active };
  const cells = cellsOf(table, { ...set, ...started });
  await insertMissing(db, kept, held, { cells, unless: own, skipsConflicts: true });
  if (status) await setStatus(released, status.ended, sql`NOT ${isEnded!}`);
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
  const value = archived === undefined ? archivedNow(table, column, at) : constantFor(table, column, archived);
  // First, since a record that one diff archives makes place for the one that a later diff of the same write starts.
  await changeRows(db, kept, recordsArchived, live, [column, value]);
  await insertMissing(db, kept, recordsStarted, { cells, unless: live, skipsConflicts: false });
}

function cellsOf(table: TableRef, values: Readonly<Record<string, Constant>>): Cell[] {
  return Object.entries(values).map(([name, value]) => [name, constantFor(table, name, value)]);
}
