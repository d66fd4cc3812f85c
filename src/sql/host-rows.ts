import type { TableRef } from './columns.js';
import { isOneOf } from './dialect.js';
import type { SqlDriver } from './driver.js';
import { type Fragment, raw, sql } from './fragment.js';
import { asText, type IdKind } from './id-kind.js';
import { inChunks } from './learner-rows.js';
import { select } from './select.js';

/** Of more courses, all that a learner has is read: most of it is on one of them. */
const FEW_COURSES = 1_000;

/** Rows of the host's about these learners, on every course or on these only: learner, course, and what more is asked for. */
export async function byLearner<Row extends [string, string, ...unknown[]]>(
  db: SqlDriver,
  t: TableRef,
  { learner, course }: { readonly learner: string; readonly course: string },
  kind: IdKind,
  ids: readonly string[],
  courses: readonly string[] | undefined,
  more: readonly Fragment[],
): Promise<Row[]> {
  const { dialect } = db;
  const found: Row[] = [];
  const onCourses = courses && new Set(courses);
  const items = [asText(dialect, t.column(learner)), asText(dialect, t.column(course)), ...more];
  for (const some of inChunks(ids)) {
    const asked = new Set(some);
    const which = isOneOf(dialect, t.column(learner), kind, some);
    const among =
      courses && courses.length <= FEW_COURSES
        ? isOneOf(dialect, asText(dialect, t.column(course)), 'text', courses)
        : raw('TRUE');
    for (const row of await select<Row>(db, items, sql`FROM ${t.from} WHERE ${t.ours} AND ${which} AND ${among}`)) {
      // A collation may take two ids for one.
      if (asked.has(row[0]) && (!onCourses || onCourses.has(row[1]))) found.push(row);
    }
  }
  return found;
}
