import type { UnreadableHoldings } from '../../model/learner.js';
import type { SqlDriver } from '../statement/driver.js';
import { type Fragment, raw, sql } from '../statement/fragment.js';
import { asText } from '../statement/id-kind.js';
import { cell, isUnbounded } from './columns/cell.js';
import type { HostTables } from './columns/host-tables.js';
import { truth } from './columns/truth.js';
import type { LearnerTraining } from './host.js';
import type { HostRefs } from './refs.js';
import { rowsAboutLearners } from './rows-about-learners.js';

/** The most characters of a flag or an instant. */
const LONGEST_FLAG = 40;
/** A date in any order that a database writes. */
const DATE = /\d{1,5}[-/.]\d{1,2}[-/.]\d{1,5}|infinity/u;

/** Reads the training records of these learners that are not archived. */
export async function trainingOf(
  db: SqlDriver,
  tables: HostTables,
  refs: HostRefs,
  ids: readonly string[],
  courses: readonly string[] | undefined,
): Promise<(LearnerTraining | UnreadableHoldings)[]> {
  const { training } = tables;
  const { training: table } = refs;
  if (!training || !table) return [];
  const { dialect } = db;
  const completed = training.completed ?? 'completed';
  // One character more than the word for completed is enough to recognise a different word.
  const status = sql`substr(${asText(dialect, table.column(training.status))}, 1, ${raw(String([...completed].length + 1))})`;
  const more = [status, archived()];
  function archived(): Fragment {
    if (training!.archived === undefined) return raw('NULL');
    const facts = table!.facts(training!.archived);
    const column = table!.column(training!.archived);
    if (!isUnbounded(dialect, facts)) return cell(dialect, column, facts);
    return sql`substr(${asText(dialect, column)}, 1, ${raw(String(LONGEST_FLAG))})`;
  }
  const rows = await rowsAboutLearners(db, tables, refs, { table, names: training, ids, courses, more });
  return rows.flatMap((row): (LearnerTraining | UnreadableHoldings)[] => {
    if (!Array.isArray(row)) return [row];
    const [learnerId, courseId, found, archivedValue] = row;
    const isArchived = archives(archivedValue);
    if (isArchived === undefined) {
      const unreadable = `The column "${training.archived}" of ${training.table} is neither true, false nor a date.`;
      return [{ learnerId, unreadable }];
    }
    return isArchived ? [] : [{ learnerId, courseId, status: found === completed ? 'completed' : 'in-progress' }];
  });
}

/** Whether a column marks a record as archived, by a flag or by the time of archiving; undefined if the value is neither. */
export function archives(value: unknown): boolean | undefined {
  if (value === null) return false;
  const flag = truth(value);
  if (flag !== undefined) return flag;
  if (typeof value === 'number') return true;
  if (typeof value !== 'string') return undefined;
  // MySQL can store invalid dates, such as 0000-00-00.
  if (DATE.test(value)) return !/^0000-00-00/u.test(value);
  return value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) !== 0 : undefined;
}
