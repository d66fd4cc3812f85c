import { BY_ASSIGNMENT_ONLY, type Course } from '../../model/catalog.js';
import { MAX_RESULT_BYTES } from '../statement/bounds.js';
import type { SqlDriver } from '../statement/driver.js';
import { ask, type Fragment, raw, sql } from '../statement/fragment.js';
import { asText } from '../statement/id-kind.js';
import { inPages } from '../statement/in-pages.js';
import { byColumns, type Columns, rowsOf, selectWithin } from '../statement/select.js';
import { bytesOf } from './columns/cell.js';
import type { HostTables } from './columns/host-tables.js';
import type { HostRefs } from './refs.js';

type CourseRow = [id: string, method: string | null, title?: string | null];

/** How many courses are read in one statement if all of them are too many for one. */
const COURSES_PER_STATEMENT = 20_000;
/** The longest title or method that is read, in characters. */
const LONGEST = 10_000;

/**
 * Reads the host's courses. There may be many, and every operation needs them, so on Postgres the same list is returned while a digest shows
 * that nothing has changed.
 */
export function coursesReader(
  { courses }: HostTables,
  refs: (db: SqlDriver) => Promise<HostRefs>,
): (db: SqlDriver) => Promise<readonly Course[]> {
  const { id, title, enrolmentMethod, byAssignmentOnly = BY_ASSIGNMENT_ONLY } = courses;
  const courseOf = ([courseId, method, name]: CourseRow): Course => ({
    id: courseId,
    ...(typeof name === 'string' && { title: name }),
    enrolmentMethod: methodOf(method, byAssignmentOnly),
  });
  let last: { readonly digest: string; readonly courses: readonly Course[] } | undefined;
  return async (db) => {
    const { dialect } = db;
    const { courses: c } = await refs(db);
    const short = (name: string): Fragment =>
      sql`substr(${asText(dialect, c.column(name))}, 1, ${raw(String(LONGEST))})`;
    const ids = asText(dialect, c.column(id));
    const items = [ids, short(enrolmentMethod), ...(title === undefined ? [] : [short(title)])];
    const from = (where: Fragment, order: Fragment): Fragment =>
      sql`FROM ${c.from} WHERE ${c.ours} AND ${c.column(id)} IS NOT NULL AND ${where} ORDER BY ${order}`;
    const all = from(raw('TRUE'), c.column(id));
    const sizes = items.map((item) => bytesOf(dialect, item));
    if (dialect !== 'postgres') {
      const rows = (await selectWithin<CourseRow>(db, items, all, sizes)) ?? (await pages());
      return rows.map(courseOf);
    }
    const columns = byColumns(items, all);
    const digestOf = async (): Promise<string> => {
      const [found] = await ask<string>(
        db,
        sql`SELECT CAST(to_json(md5(j)) AS text) AS j FROM (${columns}) AS courses`,
      );
      return found!;
    };
    const now = await digestOf();
    if (last?.digest === now && last) return last.courses;
    // Both in one statement, so that the digest matches the courses.
    const [found] = await ask<[digest: string, columns: Columns | null]>(
      db,
      sql`SELECT CAST(json_build_array(md5(j), CASE WHEN octet_length(j) <= ${raw(String(MAX_RESULT_BYTES))} THEN CAST(j AS json) END) AS text) AS j
        FROM (${columns}) AS courses`,
    );
    const [digest, read] = found!;
    if (read) {
      last = { digest, courses: rowsOf<CourseRow>(read).map(courseOf) };
      return last.courses;
    }
    const rows = await pages();
    // The pages are consistent if nothing has changed between the first and the last.
    const paged = rows.map(courseOf);
    if ((await digestOf()) === digest) last = { digest, courses: paged };
    return paged;

    /** All courses, in as many statements as needed, in order of their ids as bytes. */
    function pages(): Promise<CourseRow[]> {
      const key = {
        postgres: sql`(${ids} COLLATE "C")`,
        mysql: sql`CAST(${ids} AS BINARY)`,
        sqlite: sql`(${ids} COLLATE BINARY)`,
      }[dialect];
      return inPages((after, limit) => {
        const bound = dialect === 'postgres' ? sql`${after ?? null}::text` : sql`${after ?? null}`;
        const where = after === undefined ? raw('TRUE') : sql`${key} > ${bound}`;
        return selectWithin<CourseRow>(db, items, sql`${from(where, key)} LIMIT ${raw(String(limit))}`, sizes);
      }, COURSES_PER_STATEMENT);
    }
  };
}

/** The host's word for "by assignment only" becomes the library's; the library's own word in the host's column means something else. */
function methodOf(method: string | null, byAssignmentOnly: string): string {
  if (method === byAssignmentOnly) return BY_ASSIGNMENT_ONLY;
  return method === BY_ASSIGNMENT_ONLY ? `not ${method}` : (method ?? '');
}
