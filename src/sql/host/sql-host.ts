import type { Field } from '../../model/learner.js';
import type { SqlDriver } from '../statement/driver.js';
import { learnersAsStored } from './as-stored/as-stored.js';
import { registerAsStored } from './as-stored-support.js';
import { checkTables } from './check-tables.js';
import { ColumnFactsCache } from './columns/column-facts.js';
import type { HostTables } from './columns/host-tables.js';
import { coursesReader } from './courses.js';
import type { SqlHost } from './host.js';
import { learnersById } from './learner-queries.js';
import { LearnersPages } from './learners-page.js';
import { type HostRefs, hostRefs } from './refs.js';
import { rowsAboutLearners } from './rows-about-learners.js';
import { trainingOf } from './training.js';
import { keepTables } from './upkeep/keep-tables.js';
import { missingColumn } from './upkeep/missing-column.js';
import { isIndividual } from './upkeep/own-rows.js';
import { unfitValue } from './upkeep/unfit-value.js';

/**
 * Makes the host that reads the given tables. Rules become conditions on the learners' table, so that an edit reads only the learners it
 * affects.
 * @throws `invalid_input` if the description is invalid; lists all problems.
 */
export function sqlHost(tables: HostTables): SqlHost {
  checkTables(tables);
  const { learners, tenant } = tables;
  const facts = new ColumnFactsCache();
  const issueWith = (known: HostRefs): string | undefined => missingColumn(tables, known) ?? unfitValue(tables, known);
  const refs = async (db: SqlDriver): Promise<HostRefs> => {
    const known = await hostRefs(db, tables, facts);
    if (issueWith(known) === undefined) return known;
    // The host may have changed the table since.
    facts.clear();
    const now = await hostRefs(db, tables, facts);
    const issue = issueWith(now);
    if (issue !== undefined) throw new Error(issue);
    return now;
  };
  const fields = async (db: SqlDriver): Promise<readonly Field[] | undefined> =>
    typeof tables.fields === 'function' ? tables.fields(db) : tables.fields;
  const pages = new LearnersPages(tables);

  return registerAsStored({
    learnerIds: learners.ids ?? 'text',
    ...(tenant !== undefined && { tenant: String(tenant) }),
    fields,
    courses: coursesReader(tables, refs),
    learners: async (db, ids) => learnersById(db, tables, await refs(db), await fields(db), ids),
    asStored: async (db, given) => learnersAsStored(db, tables, await refs(db), await fields(db), given),
    page: async (db, query) => pages.read(db, await refs(db), await fields(db), query),
    async individual(db, ids, courses) {
      const { individual: names } = tables;
      const known = await refs(db);
      const { individual: table } = known;
      if (!names || !table) return [];
      const only = isIndividual(tables, table);
      const found = await rowsAboutLearners(db, tables, known, { table, names, ids, courses, ...(only && { only }) });
      return found.map((row) => (Array.isArray(row) ? { learnerId: row[0], courseId: row[1] } : row));
    },
    training: async (db, ids, courses) => trainingOf(db, tables, await refs(db), ids, courses),
    ...((tables.enrolments || tables.training?.keep) && {
      keepTables: async (diffs, tx, { at }) => keepTables(tx, tables, await refs(tx), diffs, at),
    }),
    ...(tables.onWrite && { onWrite: (diffs, tx, context) => tables.onWrite!(diffs, tx, context) }),
  });
}
