import type { UnreadableHoldings } from '../model/learner.js';
import { bytesOf } from './cell.js';
import type { TableRef } from './columns.js';
import { arrayOf, isOneOf } from './dialect.js';
import type { Dialect, SqlDriver } from './driver.js';
import { type Fragment, raw, sql } from './fragment.js';
import { type HostRefs, idColumn } from './host-refs.js';
import type { HostTables } from './host-tables.js';
import { asText, folded, type IdKind } from './id-kind.js';
import { inHalves } from './in-halves.js';
import { inChunks } from './learner-rows.js';
import { foldsCase, isIdentity, sameId } from './same-id.js';
import { select } from './select.js';

/** Of more courses, all that a learner has is read: most of it is on one of them. */
const FEW_COURSES = 1_000;

/** How long an id may be, in bytes, and how many rows with two of them are one result: tried in this order. */
const TIERS = [
  { bytes: 64, rows: 50_000 },
  { bytes: 3_072, rows: 2_500 },
] as const;

/** A row about a learner: the learner's own id and the course's own id, and what more is asked for. */
export type RowAboutLearner = [learnerId: string, courseId: string, ...more: unknown[]];

/** What rows are read: of which table, about whom, on every course or on these only. */
export interface RowsAboutLearners {
  readonly table: TableRef;
  readonly names: { readonly table: string; readonly learner: string; readonly course: string };
  readonly ids: readonly string[];
  readonly courses: readonly string[] | undefined;
  readonly more?: readonly Fragment[];
}

type Found = [learnerId: string | null, courseId: string | null, isLong: boolean | number, ...more: unknown[]];

/**
 * Reads the rows of one of the host's tables about these learners. Rows belong to learners and courses as the database itself compares ids,
 * and have the ids that those have. A learner with a row that cannot be read is returned as unreadable, beside rows that can.
 */
export async function rowsAboutLearners(
  db: SqlDriver,
  tables: HostTables,
  refs: HostRefs,
  { table: t, names, ids, courses, more = [] }: RowsAboutLearners,
): Promise<(RowAboutLearner | UnreadableHoldings)[]> {
  const { dialect } = db;
  const kind = tables.learners.ids ?? 'text';
  const onCourses = courses && new Set(courses);
  const joins = ownIds(refs, tables, t, names, kind);
  const among = sql`(${joins.course} IS NULL OR ${
    courses && courses.length <= FEW_COURSES ? isOneOf(dialect, joins.course, 'text', courses) : raw('TRUE')
  })`;
  const unreadable = (learnerId: string, reason: string): UnreadableHoldings => ({ learnerId, unreadable: reason });
  const found: (RowAboutLearner | UnreadableHoldings)[] = [];

  const read = async (
    some: readonly string[],
  ): Promise<readonly (RowAboutLearner | UnreadableHoldings)[] | undefined> => {
    const asked = new Set(some);
    const from = sql`FROM ${t.from} ${joins.from} WHERE ${t.ours} AND ${isOneOfLearners(t, names.learner, kind, some)} AND ${among}`;
    for (const { bytes, rows: most } of TIERS) {
      const [learner, course] = [joins.learner, joins.course].map((id) => short(dialect, id, bytes));
      const isLong = sql`COALESCE(${bytesOf(dialect, joins.learner)} > ${raw(String(bytes))} OR ${bytesOf(dialect, joins.course)} > ${raw(String(bytes))}, FALSE)`;
      const rows = await select<Found>(
        db,
        [learner!, course!, isLong, ...more],
        sql`${from} LIMIT ${raw(String(most))}`,
      );
      if (rows.some(([, , long]) => long === true || long === 1)) continue;
      if (rows.length >= most) return undefined;
      return rows.flatMap(([learnerId, courseId, , ...others]): (RowAboutLearner | UnreadableHoldings)[] => {
        const id = learnerId === null ? undefined : folded(kind, learnerId);
        // A collation may take two ids for one.
        if (id === undefined || !asked.has(id)) return [];
        if (courseId === null) return [unreadable(id, `A row of ${names.table} names the learner and no course.`)];
        return !onCourses || onCourses.has(courseId) ? [[id, courseId, ...others]] : [];
      });
    }
    return undefined;
  };

  for (const some of inChunks(ids)) {
    const rows = await inHalves(some, read, (id) =>
      unreadable(
        id,
        `The rows of ${names.table} about the learner are too many, or name a course whose id is too long.`,
      ),
    );
    for (const row of rows) found.push(row);
  }
  return found;
}

/** The ids that the learners' and courses' tables have; where there is no such learner or course, the ids of the row. */
function ownIds(refs: HostRefs, tables: HostTables, t: TableRef, names: RowsAboutLearners['names'], kind: IdKind) {
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
      from: sql`LEFT JOIN ${to.from} ON ${sameId(dialect, lookedUp, other, of)} AND ${to.ours}`,
      id: sql`COALESCE(${asText(dialect, lookedUp.column)}, ${text})`,
    };
  };
  const learner = own(refs.learners, tables.learners.id, names.learner, kind);
  const course = own(refs.courses, tables.courses.id, names.course, 'text');
  return { from: sql`${learner.from} ${course.from}`, learner: learner.id, course: course.id };
}

/** Whether two ids that the database takes for one may differ as text. */
function mayDiffer(
  dialect: Dialect,
  { facts: one }: ReturnType<typeof idColumn>,
  { facts: other }: ReturnType<typeof idColumn>,
  kind: IdKind,
): boolean {
  if (kind !== 'text' || (isIdentity(dialect, one) && isIdentity(dialect, other))) return false;
  // Postgres compares text with nothing else.
  return dialect !== 'postgres' || (Boolean(one?.collation) && Boolean(other?.collation));
}

function short(dialect: Dialect, id: Fragment, bytes: number): Fragment {
  return sql`CASE WHEN ${bytesOf(dialect, id)} > ${raw(String(bytes))} THEN NULL ELSE ${id} END`;
}

/** A condition that a row is about one of these learners, as its own column compares ids. */
function isOneOfLearners(t: TableRef, name: string, kind: IdKind, ids: readonly string[]): Fragment {
  const column = t.column(name);
  const facts = t.facts(name);
  if (t.dialect === 'postgres' && facts?.type === 'citext') {
    return sql`${column} = ANY(CAST(CAST(${arrayOf(ids)}::text AS text[]) AS ${raw(facts.declared)}[]))`;
  }
  return isOneOf(t.dialect, column, kind, inAnyCase(t.dialect, facts, kind, ids));
}

/** Ids in each case that a column of uuids may have them in. */
export function inAnyCase(
  dialect: Dialect,
  facts: ReturnType<TableRef['facts']>,
  kind: IdKind,
  ids: readonly string[],
): readonly string[] {
  if (kind !== 'uuid' || foldsCase(dialect, facts)) return ids;
  return [...ids, ...ids.map((id) => id.toUpperCase())];
}
