import { BY_ASSIGNMENT_ONLY, type Course } from '../model/catalog.js';
import { TableRef } from './columns.js';
import type { SqlDriver } from './driver.js';
import { ask, sql } from './fragment.js';
import type { HostTables } from './host-tables.js';
import { asText } from './id-kind.js';
import { byColumns, type Columns, rowsOf, select } from './select.js';

type CourseRow = [id: string, method: string | null, title?: string | null];

/**
 * Reads the host's courses, of which there may be many and which every operation asks for: where the database can say that
 * nothing has changed since, they are answered as they were.
 */
export function coursesReader({ courses, tenant }: HostTables): (db: SqlDriver) => Promise<readonly Course[]> {
  const { id, title, enrolmentMethod, byAssignmentOnly = BY_ASSIGNMENT_ONLY } = courses;
  const courseOf = ([courseId, method, called]: CourseRow): Course => ({
    id: courseId,
    ...(typeof called === 'string' && { title: called }),
    enrolmentMethod: methodOf(method, byAssignmentOnly),
  });
  let last: { readonly digest: string; readonly courses: readonly Course[] } | undefined;
  return async (db) => {
    const { dialect } = db;
    const c = new TableRef(dialect, courses, 'c', tenant);
    const items = [asText(dialect, c.column(id)), asText(dialect, c.column(enrolmentMethod))];
    if (title !== undefined) items.push(c.column(title));
    const from = sql`FROM ${c.from} WHERE ${c.ours} ORDER BY ${c.column(id)}`;
    if (dialect !== 'postgres') return (await select<CourseRow>(db, items, from)).map(courseOf);
    const columns = byColumns(items, from);
    const [now] = await ask<string>(db, sql`SELECT CAST(to_json(md5(j)) AS text) AS j FROM (${columns}) AS courses`);
    if (last?.digest === now && last) return last.courses;
    // Both in one statement, so that they belong together.
    const [found] = await ask<[digest: string, columns: Columns]>(
      db,
      sql`SELECT CAST(json_build_array(md5(j), CAST(j AS json)) AS text) AS j FROM (${columns}) AS courses`,
    );
    const [digest, read] = found!;
    last = { digest, courses: rowsOf<CourseRow>(read).map(courseOf) };
    return last.courses;
  };
}

/** The host's word for "by assignment only" is the library's; the library's own word in the host's mouth is not. */
function methodOf(method: string | null, byAssignmentOnly: string): string {
  if (method === byAssignmentOnly) return BY_ASSIGNMENT_ONLY;
  return method === BY_ASSIGNMENT_ONLY ? `not ${method}` : (method ?? '');
}
