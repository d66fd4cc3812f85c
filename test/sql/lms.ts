import type { Assignment, LearnerDiff, Repositories } from '../../src/index.js';
import type { Host } from '../../src/memory/index.js';
import {
  createSqlRepositories,
  type HostTables,
  migrate,
  type SqlDriver,
  sqlHost,
  verify,
} from '../../src/sql/index.js';
import { isOneOf, rowsTable } from '../../src/sql/statement/dialect.js';
import { type Fragment, queryJson, raw, run, sql } from '../../src/sql/statement/fragment.js';
import { asText } from '../../src/sql/statement/id-kind.js';
import { jsonOf } from '../../src/sql/statement/json.js';
import { retrying } from '../../src/sql/transaction/retry.js';
import type { RowMethod, World } from '../../src/testkit/index.js';
import { readable } from '../../src/testkit/readable.js';
import { lmsTables, lmsTablesSql } from './lms-tables.js';

/** One client of a small LMS over SQL: the repositories, and its own operations on its own tables. */
export interface Lms {
  readonly repositories: Repositories;
  readonly host: Host;
}

/** Opens the LMS whose tables, and the library's, have this prefix. */
export function openLms(
  driver: SqlDriver,
  prefix: string,
  change: (tables: HostTables) => HostTables = (same) => same,
  options: { readonly assignmentsTable?: boolean } = {},
): Lms {
  const tables = change({
    ...lmsTables(prefix),
    fields: async (db) => {
      const [found] = await queryJson<[]>(
        db,
        sql`SELECT value AS j FROM ${raw(`${prefix}settings`)} WHERE name = 'fields'`,
      );
      return found;
    },
    onWrite: (diffs, tx) => keepRecords(tx, prefix, diffs),
  });
  const host = sqlHost(tables);
  const over = (db: SqlDriver): Repositories =>
    createSqlRepositories({ driver: db, host, prefix: `${prefix}se_`, ...options });
  const repositories = over(driver);
  return { repositories, host: lmsHost(driver, prefix, over) };
}

/** Creates the tables of an LMS with this prefix, and the library's. */
export async function makeLms(
  driver: SqlDriver,
  prefix: string,
  options: { readonly assignmentsTable?: boolean } = {},
): Promise<void> {
  for (const statement of lmsTablesSql(driver.dialect, prefix)) await driver.query(statement);
  await migrate(driver, { prefix: `${prefix}se_`, ...options });
}

/** Throws unless the table of assignments agrees with the rows of learners. */
export async function checkAssignments(driver: SqlDriver, prefix: string): Promise<void> {
  const differences = await verify(driver, { prefix: `${prefix}se_` });
  if (differences.length > 0)
    throw new Error(`The table of assignments and the learners' rows differ: ${JSON.stringify(differences)}`);
}

/** Drops all tables of a prefix, the LMS's and the library's. */
export async function dropLms(driver: SqlDriver, prefix: string): Promise<void> {
  for (const table of await tablesIn(driver, prefix)) await driver.query(`DROP TABLE ${table}`);
}

/** Empties all tables of a prefix on Postgres, except the row that describes them: a fraction of the work of creating them. */
export async function emptyLms(driver: SqlDriver, prefix: string): Promise<void> {
  const tables = (await tablesIn(driver, prefix)).filter((table) => table !== `"${prefix}se_schema"`);
  const filled = tables.map((table) => `SELECT '${table}' AS j WHERE EXISTS (SELECT FROM ${table})`);
  const rows = await driver.query<{ j: string }>(filled.join(' UNION ALL '));
  if (rows.length > 0) await driver.query(`TRUNCATE ${rows.map(({ j }) => j).join()} RESTART IDENTITY`);
}

async function tablesIn(driver: SqlDriver, prefix: string): Promise<string[]> {
  const schema = driver.dialect === 'postgres' ? 'current_schema()' : 'database()';
  const rows = await driver.query<{ j: string }>(
    `SELECT table_name AS j FROM information_schema.tables WHERE table_schema = ${schema} AND table_name LIKE '${prefix.replaceAll('_', '\\_')}%'`,
  );
  const mark = driver.dialect === 'postgres' ? '"' : '`';
  return rows.map(({ j }) => `${mark}${j}${mark}`);
}

/** A client of the LMS; each client that it opens later has its own driver. */
export function clientsOf(
  driverOf: () => SqlDriver,
  prefix: string,
  driver = driverOf(),
  options: { readonly assignmentsTable?: boolean } = {},
): World {
  return {
    ...openLms(driver, prefix, undefined, options),
    ...rowMethods(driver, prefix),
    reopen: async () => clientsOf(driverOf, prefix, driverOf(), options),
  };
}

/** The methods by which an LMS stores rows as a faulty import would, and those for retakes. */
export const ROW_METHODS: readonly RowMethod[] = ['makeUnreadable', 'makeHoldingsUnreadable', 'addTraining'];

function rowMethods(driver: SqlDriver, prefix: string): Required<Pick<World, RowMethod>> {
  const [users, individual, training] = (['users', 'individual', 'training'] as const).map((name) =>
    table(prefix, name),
  ) as [Fragment, Fragment, Fragment];
  return {
    async makeUnreadable(learnerId) {
      // Postgres accepts only valid JSON in a JSON column.
      const profile = raw(driver.dialect === 'postgres' ? `'"no object"'` : `'{"site":'`);
      await run(driver, sql`UPDATE ${users} SET profile = ${profile} WHERE id = ${learnerId}`);
    },
    async makeHoldingsUnreadable(learnerId) {
      await run(driver, sql`INSERT INTO ${individual} (user_id, course_id) VALUES (${learnerId}, NULL)`);
    },
    async addTraining(learnerId, courseId, status) {
      await run(
        driver,
        sql`INSERT INTO ${training} (user_id, course_id, status, archived) VALUES (${learnerId}, ${courseId}, ${status}, 0)`,
      );
    },
  };
}

const table = (prefix: string, name: string): Fragment => raw(`${prefix}${name}`);

/** Starts training records, and archives them (semantics §4). */
async function keepRecords(tx: SqlDriver, prefix: string, diffs: readonly LearnerDiff[]): Promise<void> {
  const training = table(prefix, 'training');
  const started = diffs.flatMap(({ learnerId, enrolled }) =>
    enrolled.flatMap(({ courseId, training }) => (training === 'start' ? [{ who: learnerId, what: courseId }] : [])),
  );
  const columns = { who: 'text', what: 'text' } as const;
  if (started.length > 0) {
    await run(
      tx,
      sql`INSERT INTO ${training} (user_id, course_id, status, archived) SELECT given.who, given.what, 'in-progress', 0 FROM ${rowsTable(tx.dialect, columns, started)}`,
    );
  }
  const archived = diffs.flatMap(({ learnerId, unenrolled }) =>
    unenrolled.flatMap(({ courseId, training }) => (training === 'archive' ? [[learnerId, courseId] as const] : [])),
  );
  for (const [user, course] of archived) {
    await run(
      tx,
      sql`UPDATE ${training} SET archived = 1 WHERE user_id = ${user} AND course_id = ${course} AND archived = 0`,
    );
  }
}

function lmsHost(driver: SqlDriver, prefix: string, over: (db: SqlDriver) => Repositories): Host {
  const { dialect } = driver;
  const [users, placements, courses, settings, individual, training] = (
    ['users', 'placements', 'courses', 'settings', 'individual', 'training'] as const
  ).map((name) => table(prefix, name)) as [Fragment, Fragment, Fragment, Fragment, Fragment, Fragment];
  const isOne = (column: string, ids: readonly string[]): Fragment => isOneOf(dialect, raw(column), 'text', ids);
  const insert = (
    into: Fragment,
    columns: Record<string, 'text' | 'integer'>,
    rows: readonly Record<string, string | number | null>[],
    db: SqlDriver,
  ) => {
    const names = Object.keys(columns);
    const json = dialect === 'postgres' ? names.map((name) => (name === 'profile' ? 'profile::jsonb' : name)) : names;
    return rows.length === 0
      ? undefined
      : run(
          db,
          sql`INSERT INTO ${into} (${raw(names.join(', '))}) SELECT ${raw(json.join(', '))} FROM ${rowsTable(dialect, columns, rows)}`,
        );
  };
  /** Runs under the learner's lock, as the library's own changes do. */
  const locked = (learnerId: string, work: (tx: SqlDriver) => Promise<unknown>): Promise<void> =>
    retrying(() =>
      driver.transaction(async (tx) => {
        await over(tx).transaction([learnerId], async () => undefined);
        await work(tx);
      }),
    );
  const replacing = async (
    into: Fragment,
    key: string,
    ids: readonly string[],
    work: (tx: SqlDriver) => Promise<unknown>,
  ) =>
    retrying(() =>
      driver.transaction(async (tx) => {
        await run(tx, sql`DELETE FROM ${into} WHERE ${isOne(key, ids)}`);
        await work(tx);
      }),
    );

  return {
    saveFields: (fields) =>
      retrying(() =>
        driver.transaction(async (tx) => {
          await run(tx, sql`DELETE FROM ${settings} WHERE name = 'fields'`);
          await run(tx, sql`INSERT INTO ${settings} (name, value) VALUES ('fields', ${jsonOf(fields)})`);
        }),
      ),
    saveCourses: (saved) =>
      replacing(
        courses,
        'id',
        saved.map(({ id }) => id),
        async (tx) => {
          const rows = saved.map(({ id, title, enrolmentMethod }) => ({
            id,
            title: title ?? null,
            method: enrolmentMethod,
          }));
          await insert(courses, { id: 'text', title: 'text', method: 'text' }, rows, tx);
        },
      ),
    deleteCourses: (ids) => replacing(courses, 'id', ids, async () => undefined),
    saveLearners: (learners) => {
      const ids = learners.map(({ id }) => id);
      return replacing(users, 'id', ids, async (tx) => {
        await run(tx, sql`DELETE FROM ${placements} WHERE ${isOne('user_id', ids)}`);
        const rows = learners.map(({ id, active, profile }) => ({
          id,
          active: active === false ? 0 : 1,
          profile: jsonOf(profile),
        }));
        await insert(users, { id: 'text', active: 'integer', profile: 'text' }, rows, tx);
        const placed = learners.flatMap(({ id, segments = [] }) =>
          segments.map((segment) => ({ user_id: id, segment_id: segment })),
        );
        await insert(placements, { user_id: 'text', segment_id: 'text' }, placed, tx);
      });
    },
    deleteLearners: (ids) =>
      replacing(users, 'id', ids, (tx) => run(tx, sql`DELETE FROM ${placements} WHERE ${isOne('user_id', ids)}`)),
    enrolIndividually: (learnerId, courseId) =>
      locked(learnerId, async (tx) => {
        await run(tx, sql`DELETE FROM ${individual} WHERE user_id = ${learnerId} AND course_id = ${courseId}`);
        await run(tx, sql`INSERT INTO ${individual} (user_id, course_id) VALUES (${learnerId}, ${courseId})`);
      }),
    unenrolIndividually: (learnerId, courseId) =>
      locked(learnerId, (tx) =>
        run(tx, sql`DELETE FROM ${individual} WHERE user_id = ${learnerId} AND course_id = ${courseId}`),
      ),
    recordTraining: (learnerId, courseId, status) =>
      locked(learnerId, async (tx) => {
        await run(
          tx,
          sql`DELETE FROM ${training} WHERE user_id = ${learnerId} AND course_id = ${courseId} AND archived = 0`,
        );
        await run(
          tx,
          sql`INSERT INTO ${training} (user_id, course_id, status, archived) VALUES (${learnerId}, ${courseId}, ${status}, 0)`,
        );
      }),
    async state(learnerId) {
      const repositories = over(driver);
      const [learner] = readable(await repositories.learners.get([learnerId]));
      const [found] = readable(await repositories.enrolments.read([learnerId]));
      const { assignments = [], individual = [], training = [] } = found ?? {};
      return {
        learnerId,
        ...(learner && { learner }),
        assignments,
        individual: [...individual].sort(),
        training: [...training].sort((a, b) => (a.courseId < b.courseId ? -1 : 1)),
      };
    },
    async archived(learnerId) {
      const rows = await run<{ j: string }>(
        driver,
        sql`SELECT ${asText(dialect, raw('course_id'))} AS j FROM ${training} WHERE user_id = ${learnerId} AND archived = 1 ORDER BY no`,
      );
      return rows.map(({ j }) => j);
    },
    async assignments() {
      const repositories = over(driver);
      const found: (Assignment & { readonly learnerId: string })[] = [];
      for (let after: string | undefined; ; ) {
        const page = await repositories.enrolments.holders({ after, limit: 1_000 });
        if (page.length === 0)
          return found.sort((a, b) => (a.learnerId < b.learnerId ? -1 : a.learnerId > b.learnerId ? 1 : 0));
        for (const { learnerId, assignments } of readable(await repositories.enrolments.read(page))) {
          for (const assignment of assignments) found.push({ learnerId, ...assignment });
        }
        after = page.at(-1);
      }
    },
  };
}
