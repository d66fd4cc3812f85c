import type { Field, Learner } from '../model/learner.js';
import type { Matching } from '../repositories/repositories.js';
import { fieldTypes } from '../rules/value.js';
import { checkTables } from './check-tables.js';
import { inOrder, TableRef } from './columns.js';
import { isOneOf } from './dialect.js';
import type { Dialect, SqlDriver } from './driver.js';
import { type Fragment, raw, sql } from './fragment.js';
import type { SqlHost } from './host.js';
import { coursesReader } from './host-courses.js';
import { type LearnerRow, learnerItems, learnerReader } from './host-learners.js';
import { byLearner } from './host-rows.js';
import type { HostTable, HostTables } from './host-tables.js';
import { asText } from './id-kind.js';
import { inChunks } from './learner-rows.js';
import { type Narrowed, narrowed } from './narrow.js';
import { inRange } from './range.js';
import { select } from './select.js';

const EVERYONE: Narrowed = { condition: raw('TRUE'), isNarrow: true };

/**
 * Answers the repositories' questions from tables of the host's. Rules are put to the people's table as a condition,
 * so that an edit reads those whom it concerns.
 * @throws `invalid_input` for a description that is not as described, listing everything.
 */
export function sqlHost(tables: HostTables): SqlHost {
  checkTables(tables);
  const { learners, tenant } = tables;
  const kind = learners.ids ?? 'text';
  const ref = (dialect: Dialect, host: HostTable, alias: string): TableRef =>
    new TableRef(dialect, host, alias, tenant);
  const fieldsOf = async (db: SqlDriver) => (typeof tables.fields === 'function' ? tables.fields(db) : tables.fields);
  /** What a walk asks for stays the same from page to page. */
  const conditions = new WeakMap<Matching, Promise<Narrowed>>();

  const narrowing = (
    db: SqlDriver,
    u: TableRef,
    matching: Matching,
    fields: readonly Field[] | undefined,
  ): Promise<Narrowed> => {
    const made = conditions.get(matching) ?? narrowed(db, tables, u, matching, fieldTypes(fields));
    conditions.set(matching, made);
    return made.catch((error: unknown) => {
      conditions.delete(matching);
      throw error;
    });
  };

  const people = async (
    db: SqlDriver,
    fields: readonly Field[] | undefined,
    where: (u: TableRef) => Fragment,
    end: Fragment,
  ): Promise<Learner[]> => {
    const u = ref(db.dialect, learners, 'u');
    const rows = await select<LearnerRow>(
      db,
      learnerItems(tables, u),
      sql`FROM ${u.from} WHERE ${u.ours} AND ${where(u)} ${end}`,
    );
    return rows.map(learnerReader(tables, fieldTypes(fields)));
  };

  return {
    learnerIds: kind,
    ...(tenant !== undefined && { tenant: String(tenant) }),
    fields: fieldsOf,

    courses: coursesReader(tables),

    async learners(db, ids) {
      const fields = await fieldsOf(db);
      const found: Learner[] = [];
      for (const some of inChunks(ids)) {
        const asked = new Set(some);
        const page = await people(db, fields, (u) => isOneOf(db.dialect, u.column(learners.id), kind, some), raw(''));
        // A collation may take two ids for one.
        for (const learner of page) if (asked.has(learner.id)) found.push(learner);
      }
      return found;
    },

    async page(db, { after, upTo, limit, matching, idsOnly }) {
      const fields = await fieldsOf(db);
      const u = ref(db.dialect, learners, 'u');
      const id = inOrder(db.dialect, kind, u.column(learners.id));
      const { condition, isNarrow } = matching ? await narrowing(db, u, matching, fields) : EVERYONE;
      const range = inRange(db.dialect, kind, id, { after, upTo });
      const end = sql`ORDER BY ${id} LIMIT ${raw(String(limit))}`;
      if (!idsOnly || !isNarrow) return people(db, fields, () => sql`${range} AND ${condition}`, end);
      const rows = await select<[string]>(
        db,
        [asText(db.dialect, u.column(learners.id))],
        sql`FROM ${u.from} WHERE ${u.ours} AND ${range} AND ${condition} ${end}`,
      );
      return rows.map(([found]) => ({ id: found, profile: {} }));
    },

    async individual(db, ids, courses) {
      const { individual } = tables;
      if (!individual) return [];
      const t = ref(db.dialect, individual, 't');
      const found = await byLearner<[string, string]>(db, t, individual, kind, ids, courses, []);
      return found.map(([learnerId, courseId]) => ({ learnerId, courseId }));
    },

    async training(db, ids, courses) {
      const { training } = tables;
      if (!training) return [];
      const t = ref(db.dialect, training, 't');
      const status = asText(db.dialect, t.column(training.status));
      const archived = training.archived === undefined ? raw('NULL') : t.column(training.archived);
      const rows = await byLearner<[string, string, string | null, unknown]>(db, t, training, kind, ids, courses, [
        status,
        archived,
      ]);
      const completed = training.completed ?? 'completed';
      return rows
        .filter(([, , , away]) => away === null || away === false || away === 0)
        .map(([learnerId, courseId, said]) => ({
          learnerId,
          courseId,
          status: said === completed ? 'completed' : 'in-progress',
        }));
    },

    ...(tables.onWrite && { onWrite: (diffs, tx) => tables.onWrite!(diffs, tx) }),
  };
}
