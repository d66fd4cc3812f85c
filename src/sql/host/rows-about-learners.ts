import type { UnreadableHoldings } from '../../model/learner.js';
import { isOneOf, postgresArray } from '../statement/dialect.js';
import type { Dialect, SqlDriver } from '../statement/driver.js';
import { type Fragment, raw, sql } from '../statement/fragment.js';
import { asText, folded, type IdKind } from '../statement/id-kind.js';
import { readInHalves } from '../statement/read-in-halves.js';
import { select } from '../statement/select.js';
import { splitIds } from '../statement/split.js';
import { bytesOf } from './columns/cell.js';
import type { HostTables } from './columns/host-tables.js';
import { foldsCase, isIdentity, sameId } from './columns/same-id.js';
import type { TableRef } from './columns/table-ref.js';
import { type HostRefs, idColumn } from './refs.js';

/** For more courses than this, all of a learner's rows are read: most of them are on one of the courses. */
const FEW_COURSES = 1_000;

/** How many bytes an id may have, and how many rows with two such ids fit one result; tried in this order. */
const TIERS = [
  { bytes: 64, rows: 50_000 },
  { bytes: 3_072, rows: 2_500 },
] as const;

/** A row about a learner: the learner's id and the course's id as their own tables have them, and the additional columns. */
export type RowAboutLearner = [learnerId: string, courseId: string, ...more: unknown[]];

/** Which rows to read: the table, the learners, and the courses (all if undefined). */
export interface RowsAboutLearners {
  readonly table: TableRef;
  readonly names: { readonly table: string; readonly learner: string; readonly course: string };
  readonly ids: readonly string[];
  readonly courses: readonly string[] | undefined;
  readonly more?: readonly Fragment[];
  /** A condition on the rows; all if undefined. */
  readonly only?: Fragment;
}

type Found = RowAboutLearner | UnreadableHoldings;
type SelectedRow = [learnerId: string | null, courseId: string | null, isLong: boolean | number, ...more: unknown[]];

/**
 * Reads the rows of one of the host's tables about these learners. The database itself compares a row's ids with those of learners and courses,
 * and rows are returned with the latter. A learner with a row that cannot be read is returned as unreadable, besides the rows that can.
 */
export async function rowsAboutLearners(
  db: SqlDriver,
  tables: HostTables,
  refs: HostRefs,
  about: RowsAboutLearners,
): Promise<Found[]> {
  const kind = tables.learners.ids ?? 'text';
  const { table, names, courses } = about;
  const query = {
    ...about,
    kind,
    joined: joinedIds(refs, tables, table, names, kind),
    onCourses: courses && new Set(courses),
  };
  const found: Found[] = [];
  for (const some of splitIds(about.ids)) {
    const rows = await readInHalves<Found>(
      some,
      (part) => readRows(db, query, part),
      (learnerId) => ({
        learnerId,
        unreadable: `The learner has too many rows in ${names.table}, or one of them has a course id that is too long.`,
      }),
    );
    for (const row of rows) found.push(row);
  }
  return found;
}

interface RowsQuery extends RowsAboutLearners {
  readonly kind: IdKind;
  readonly joined: ReturnType<typeof joinedIds>;
  readonly onCourses: ReadonlySet<string> | undefined;
}

/** Reads the rows about these learners; resolves with undefined if they are too many, or an id is too long, for one result. */
async function readRows(db: SqlDriver, query: RowsQuery, ids: readonly string[]): Promise<Found[] | undefined> {
  for (const tier of TIERS) {
    const rows = await selectRows(db, query, ids, tier);
    if (rows.some(([, , isLong]) => isLong === true || isLong === 1)) continue;
    return rows.length < tier.rows ? readableRows(query, ids, rows) : undefined;
  }
  return undefined;
}

function selectRows(
  db: SqlDriver,
  { table: t, names, courses, more = [], only = raw('TRUE'), kind, joined }: RowsQuery,
  ids: readonly string[],
  { bytes, rows }: (typeof TIERS)[number],
): Promise<SelectedRow[]> {
  const { dialect } = db;
  const [learner, course] = [joined.learner, joined.course].map((id) => short(dialect, id, bytes));
  const isLong = sql`COALESCE(${bytesOf(dialect, joined.learner)} > ${raw(String(bytes))} OR ${bytesOf(dialect, joined.course)} > ${raw(String(bytes))}, FALSE)`;
  const among = sql`(${joined.course} IS NULL OR ${
    courses && courses.length <= FEW_COURSES ? isOneOf(dialect, joined.course, 'text', courses) : raw('TRUE')
  })`;
  const from = sql`FROM ${t.from} ${joined.from} WHERE ${t.tenantCondition} AND ${isOneOfLearners(t, names.learner, kind, ids)} AND ${among} AND ${only}`;
  return select<SelectedRow>(db, [learner!, course!, isLong, ...more], sql`${from} LIMIT ${raw(String(rows))}`);
}

function readableRows(
  { names, kind, onCourses }: RowsQuery,
  ids: readonly string[],
  rows: readonly SelectedRow[],
): Found[] {
  const wanted = new Set(ids);
  return rows.flatMap(([learnerId, courseId, , ...others]): Found[] => {
    const id = learnerId === null ? undefined : folded(kind, learnerId);
    // A collation may treat two ids as equal.
    if (id === undefined || !wanted.has(id)) return [];
    if (courseId === null)
      return [{ learnerId: id, unreadable: `A row of ${names.table} has the learner's id but no course id.` }];
    return !onCourses || onCourses.has(courseId) ? [[id, courseId, ...others]] : [];
  });
}

/** The ids in the learners' and courses' tables; the ids of the row if there is no such learner or course. */
function joinedIds(refs: HostRefs, tables: HostTables, t: TableRef, names: RowsAboutLearners['names'], kind: IdKind) {
  const { dialect } = t;
  const own = (
    to: TableRef,
    id: string,
    name: string,
    of: IdKind,
  ): { readonly from: Fragment; readonly id: Fragment } => {
    const [lookedUp, other] = [idColumn(to, id), idColumn(t, name)];
    const text = asText(dialect, other.column);
    if (!mayDiffer(dialect, lookedUp, other, of)) return { from: raw(''), id: text };
    return {
      from: sql`LEFT JOIN ${to.from} ON ${sameId(dialect, lookedUp, other, of)} AND ${to.tenantCondition}`,
      id: sql`COALESCE(${asText(dialect, lookedUp.column)}, ${text})`,
    };
  };
  const learner = own(refs.learners, tables.learners.id, names.learner, kind);
  const course = own(refs.courses, tables.courses.id, names.course, 'text');
  return { from: sql`${learner.from} ${course.from}`, learner: learner.id, course: course.id };
}

/** Whether two ids that the database treats as equal may differ as text. */
export function mayDiffer(
  dialect: Dialect,
  { facts: one }: ReturnType<typeof idColumn>,
  { facts: other }: ReturnType<typeof idColumn>,
  kind: IdKind,
): boolean {
  if (kind !== 'text' || (isIdentity(dialect, one) && isIdentity(dialect, other))) return false;
  // Postgres compares text only with text.
  return dialect !== 'postgres' || (Boolean(one?.collation) && Boolean(other?.collation));
}

function short(dialect: Dialect, id: Fragment, bytes: number): Fragment {
  return sql`CASE WHEN ${bytesOf(dialect, id)} > ${raw(String(bytes))} THEN NULL ELSE ${id} END`;
}

/** A condition that a row is about one of these learners, by the comparison of its own column. */
export function isOneOfLearners(t: TableRef, name: string, kind: IdKind, ids: readonly string[]): Fragment {
  const column = t.column(name);
  const facts = t.facts(name);
  if (t.dialect === 'postgres' && facts?.type === 'citext') {
    return sql`${column} = ANY(CAST(CAST(${postgresArray(ids)}::text AS text[]) AS ${raw(facts.declared)}[]))`;
  }
  return isOneOf(t.dialect, column, kind, inAnyCase(t.dialect, facts, kind, ids));
}

/** Returns ids in each letter case that a column of uuids may have. */
export function inAnyCase(
  dialect: Dialect,
  facts: ReturnType<TableRef['facts']>,
  kind: IdKind,
  ids: readonly string[],
): readonly string[] {
  if (kind !== 'uuid' || foldsCase(dialect, facts)) return ids;
  return [...ids, ...ids.map((id) => id.toUpperCase())];
}
