import type { Assignment, LearnerDiff } from '../../../src/index.js';
import type { Dialect, HostTables, IdKind, SqlDriver, SqlHost } from '../../../src/sql/index.js';
import { jsonArray } from '../../../src/sql/statement/dialect.js';
import { queryJson, raw, sql } from '../../../src/sql/statement/fragment.js';
import { asText } from '../../../src/sql/statement/id-kind.js';
import { CONTEXT } from '../../../src/testkit/store.js';

/** The host's ids of two learners and two courses: their types, the rows of the host, and the ids that the library has for them. */
export interface Ids {
  readonly name: string;
  readonly ids: IdKind;
  readonly learner: string;
  readonly course: string;
  readonly learners: readonly [string, string];
  readonly courses: readonly [string, string];
  /** The learners' ids as the host stores them, if the library has them in another form. */
  readonly stored?: readonly [string, string];
}

const UUIDS = ['abcdef00-0000-4000-8000-00000000000a', 'abcdef00-0000-4000-8000-00000000000b'] as const;
const UPPER = UUIDS.map((id) => id.toUpperCase()) as unknown as readonly [string, string];

/** The ids of each database. */
export function idsOf(dialect: Dialect): readonly Ids[] {
  const text = { postgres: 'text', mysql: 'VARCHAR(40)', sqlite: 'TEXT' }[dialect];
  const uuid = { postgres: 'uuid', mysql: 'CHAR(36) COLLATE utf8mb4_bin', sqlite: 'TEXT' }[dialect];
  const uuids = { ids: 'uuid', learner: uuid, learners: UUIDS } as const;
  const named = { ids: 'text', learners: ["O'Brien \\", 'Zoë'], courses: ['{a,"b"}', 'ß'] } as const;
  const integers = { ids: 'integer', learners: ['7', '-3'], courses: ['10', '9'] } as const;
  const of: { readonly [D in Dialect]: readonly Ids[] } = {
    postgres: [],
    mysql: [
      { name: 'uuid type', ...uuids, learner: 'UUID', course: 'UUID', courses: UUIDS },
      {
        name: 'uuid with a case-sensitive collation',
        ...uuids,
        learner: 'CHAR(36) COLLATE utf8mb4_uca1400_as_cs',
        course: text,
        courses: ['a', 'b'],
        stored: UPPER,
      },
      {
        name: 'latin1',
        ...named,
        learner: 'VARCHAR(40) CHARACTER SET latin1',
        course: 'VARCHAR(40) CHARACTER SET latin1',
      },
    ],
    sqlite: [{ name: 'untyped', ...integers, learner: '', course: '' }],
  };
  return [
    { name: 'integer', ...integers, learner: 'INTEGER', course: 'BIGINT' },
    { name: 'text', ...named, learner: text, course: text },
    {
      name: 'short text',
      ...named,
      learner: 'VARCHAR(40)',
      course: dialect === 'mysql' ? 'VARBINARY(40)' : 'VARCHAR(40)',
    },
    { name: 'uuid', ...uuids, course: uuid, courses: UUIDS },
    {
      ...{ name: 'uuid in upper case', ...uuids, course: text, courses: ['a', 'b'] },
      ...(dialect !== 'postgres' && { stored: UPPER }),
    },
    ...of[dialect],
  ];
}

/** What happens to one learner: courses that a link begins to hold, or no longer holds, and what the learner notices. */
export interface Change {
  readonly assigned?: readonly string[];
  readonly released?: readonly string[];
  readonly enrolled?: LearnerDiff['enrolled'];
  readonly unenrolled?: readonly Omit<LearnerDiff['unenrolled'][number], 'cause'>[];
  readonly kept?: LearnerDiff['kept'];
}

const assignment = (courseId: string): Assignment => ({ courseId, linkId: `link to ${courseId}`, segmentId: 's' });

/** A learner's id, and what happens to them. */
export type Written = readonly [learner: string, change: Change];

/** A diff of one learner. */
export function diffOf(
  learnerId: string,
  { assigned = [], released = [], enrolled = [], unenrolled = [], kept = [] }: Change,
): LearnerDiff {
  return {
    ...{ learnerId, enrolled, kept },
    assigned: assigned.map(assignment),
    released: released.map((courseId) => ({ ...assignment(courseId), cause: 'unlinked' })),
    unenrolled: unenrolled.map((one) => ({ ...one, cause: 'unlinked' })),
  };
}

/** Writes changes of learners to the tables that a host keeps, in one transaction. */
export function write(db: SqlDriver, host: SqlHost, ...changes: readonly Written[]): Promise<void> {
  const diffs = changes.map(([learner, change]) => diffOf(learner, change));
  return db.transaction((tx) => host.keepTables!(diffs, tx, CONTEXT));
}

/** The rows of a table, in order of their texts. */
export async function rowsIn(db: SqlDriver, table: string, columns: string): Promise<string[]> {
  const texts = columns.split(' ').map((column) => asText(db.dialect, raw(column)));
  const rows = await queryJson<(string | null)[]>(
    db,
    sql`SELECT ${jsonArray(db.dialect, texts)} AS j FROM ${raw(table)}`,
  );
  return rows.map((row) => row.map((one) => one ?? 'NULL').join(' ')).sort();
}

/** Inserts a row of the host's own. */
export async function insertRow(db: SqlDriver, table: string, row: Readonly<Record<string, string>>): Promise<void> {
  const values = Object.values(row).map((_, i) => (db.dialect === 'postgres' ? `$${i + 1}` : '?'));
  await db.query(`INSERT INTO ${table} (${Object.keys(row).join()}) VALUES (${values.join()})`, Object.values(row));
}

/** The descriptions of the tables of learners and courses that all cases have. */
export function peopleAndCourses(prefix: string, ids: IdKind = 'text'): Pick<HostTables, 'learners' | 'courses'> {
  return {
    learners: { table: `${prefix}people`, id: 'id', ids },
    courses: { table: `${prefix}courses`, id: 'id', enrolmentMethod: { constant: 'by-assignment-only' } },
  };
}
