import { BY_ASSIGNMENT_ONLY, type Course } from '../../model/catalog.js';
import { MAX_RESULT_BYTES } from '../statement/bounds.js';
import type { SqlDriver } from '../statement/driver.js';
import { type Fragment, queryJson, raw, sql } from '../statement/fragment.js';
import { asText } from '../statement/id-kind.js';
import { readInPages } from '../statement/read-in-pages.js';
import { type Columns, rowsFromColumns, selectColumns, selectIfSmall } from '../statement/select.js';
import { bytesOf } from './columns/cell.js';
import type { HostTables } from './columns/host-tables.js';
import type { TableRef } from './columns/table-ref.js';
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
  const toCourse = courseConverter(courses);
  let last: { readonly digest: string; readonly courses: readonly Course[] } | undefined;
  return async (db) => {
    const query = courseQuery((await refs(db)).courses, courses);
    if (db.dialect !== 'postgres') {
      const all = await selectIfSmall<CourseRow>(db, query.items, allCourses(query), query.sizes);
      return (all ?? (await readPages(db, query))).map(toCourse);
    }
    const now = await readDigest(db, query);
    if (last && last.digest === now) return last.courses;
    const { digest, rows } = await readWithDigest(db, query);
    const read = (rows ?? (await readPages(db, query))).map(toCourse);
    // Pages are consistent if nothing has changed between the first and the last.
    if (rows || (await readDigest(db, query)) === digest) last = { digest, courses: read };
    return read;
  };
}

/** The parts of the statements that read courses. */
interface CourseQuery {
  readonly table: TableRef;
  readonly id: Fragment;
  /** The items of a {@link CourseRow}, and the bytes of each. */
  readonly items: readonly Fragment[];
  readonly sizes: readonly Fragment[];
}

function courseQuery(table: TableRef, { id, title, enrolmentMethod }: HostTables['courses']): CourseQuery {
  const { dialect } = table;
  const short = (name: string): Fragment =>
    sql`substr(${asText(dialect, table.column(name))}, 1, ${raw(String(LONGEST))})`;
  const items = [
    asText(dialect, table.column(id)),
    typeof enrolmentMethod === 'string' ? short(enrolmentMethod) : raw(`''`),
    ...(title === undefined ? [] : [short(title)]),
  ];
  return { table, id: table.column(id), items, sizes: items.map((item) => bytesOf(dialect, item)) };
}

function fromCourses({ table, id }: CourseQuery, where: Fragment, order: Fragment): Fragment {
  return sql`FROM ${table.from} WHERE ${table.tenantCondition} AND ${id} IS NOT NULL AND ${where} ORDER BY ${order}`;
}

function allCourses(query: CourseQuery): Fragment {
  return fromCourses(query, raw('TRUE'), query.id);
}

/** Reads a digest of all courses on Postgres. */
async function readDigest(db: SqlDriver, query: CourseQuery): Promise<string> {
  const columns = selectColumns(query.items, allCourses(query));
  const [digest] = await queryJson<string>(
    db,
    sql`SELECT CAST(to_json(md5(j)) AS text) AS j FROM (${columns}) AS courses`,
  );
  return digest!;
}

/** Reads all courses on Postgres, and their digest in the same statement, so that they match; no rows if they are too large for one result. */
async function readWithDigest(
  db: SqlDriver,
  query: CourseQuery,
): Promise<{ readonly digest: string; readonly rows: readonly CourseRow[] | undefined }> {
  const columns = selectColumns(query.items, allCourses(query));
  const [found] = await queryJson<[digest: string, columns: Columns | null]>(
    db,
    sql`SELECT CAST(json_build_array(md5(j), CASE WHEN octet_length(j) <= ${raw(String(MAX_RESULT_BYTES))} THEN CAST(j AS json) END) AS text) AS j
        FROM (${columns}) AS courses`,
  );
  const [digest, read] = found!;
  return { digest, rows: read ? rowsFromColumns<CourseRow>(read) : undefined };
}

/** Reads all courses in as many statements as needed, in order of their ids as bytes. */
function readPages(db: SqlDriver, query: CourseQuery): Promise<CourseRow[]> {
  const { items, sizes } = query;
  const id = items[0]!;
  const key = {
    postgres: sql`(${id} COLLATE "C")`,
    mysql: sql`CAST(${id} AS BINARY)`,
    sqlite: sql`(${id} COLLATE BINARY)`,
  }[db.dialect];
  return readInPages((after, limit) => {
    const bound = db.dialect === 'postgres' ? sql`${after ?? null}::text` : sql`${after ?? null}`;
    const where = after === undefined ? raw('TRUE') : sql`${key} > ${bound}`;
    const from = sql`${fromCourses(query, where, key)} LIMIT ${raw(String(limit))}`;
    return selectIfSmall<CourseRow>(db, items, from, sizes);
  }, COURSES_PER_STATEMENT);
}

/**
 * Returns a function that converts a row to a course. The host's word for "by assignment only" becomes the library's; the library's own word in
 * the host's column means something else.
 */
function courseConverter({
  enrolmentMethod,
  byAssignmentOnly = BY_ASSIGNMENT_ONLY,
}: HostTables['courses']): (row: CourseRow) => Course {
  const methodOf = (method: string | null): string => {
    if (typeof enrolmentMethod !== 'string') return enrolmentMethod.constant;
    if (method === byAssignmentOnly) return BY_ASSIGNMENT_ONLY;
    return method === BY_ASSIGNMENT_ONLY ? `not ${method}` : (method ?? '');
  };
  return ([id, method, title]) => ({
    id,
    ...(typeof title === 'string' && { title }),
    enrolmentMethod: methodOf(method),
  });
}
