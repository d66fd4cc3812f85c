import type { Field } from '../../model/learner.js';
import { fieldTypes } from '../../rules/value.js';
import { isOneOf } from '../statement/dialect.js';
import type { SqlDriver } from '../statement/driver.js';
import { type Fragment, sql } from '../statement/fragment.js';
import { folded } from '../statement/id-kind.js';
import { readInHalves } from '../statement/read-in-halves.js';
import { selectIfSmall } from '../statement/select.js';
import type { HostTables } from './columns/host-tables.js';
import {
  type LearnerRow,
  learnerConverter,
  learnerItems,
  type ReadLearner,
  TOO_LARGE,
  uniqueLearners,
} from './learner-row.js';
import type { HostRefs } from './refs.js';
import { inAnyCase } from './rows-about-learners.js';

/** The most learners whose profiles are read in one statement. */
export const MAX_LEARNERS = 1_024;

/** Reads these learners. */
export async function learnersById(
  db: SqlDriver,
  tables: HostTables,
  refs: HostRefs,
  fields: readonly Field[] | undefined,
  ids: readonly string[],
): Promise<ReadLearner[]> {
  const { learners: u } = refs;
  const { id, ids: kind = 'text' } = tables.learners;
  const read = learnersReader(db, tables, refs, fields);
  const found: ReadLearner[] = [];
  for (let from = 0; from < ids.length; from += MAX_LEARNERS) {
    const some = ids.slice(from, from + MAX_LEARNERS);
    const wanted = new Set(some);
    const page = await readInHalves<ReadLearner>(
      some,
      (part) => read(isOneOf(db.dialect, u.column(id), kind, inAnyCase(db.dialect, u.facts(id), kind, part))),
      (one) => ({ id: one, unreadable: TOO_LARGE }),
    );
    // A collation may treat two ids as equal.
    for (const learner of page) if (wanted.has(learner.id)) found.push(learner);
  }
  return uniqueLearners(found);
}

/** Whether the column of segment ids is of type `uuid`. */
export function hasUuidSegments(refs: HostRefs, { placements }: HostTables): boolean {
  return placements !== undefined && refs.placements?.facts(placements.segment)?.type === 'uuid';
}

/** Returns a function that reads the learners that satisfy a condition; it resolves with undefined if one result would be too large. */
export function learnersReader(
  db: SqlDriver,
  tables: HostTables,
  refs: HostRefs,
  fields: readonly Field[] | undefined,
): (where: Fragment, end?: Fragment) => Promise<ReadLearner[] | undefined> {
  const { learners: u } = refs;
  const { id, ids: kind = 'text' } = tables.learners;
  const { items, sizes } = learnerItems(refs, tables);
  const learnerOf = learnerConverter(tables, fieldTypes(fields), hasUuidSegments(refs, tables));
  return async (where, end = sql``) => {
    const from = sql`FROM ${u.from} WHERE ${u.tenantCondition} AND ${u.column(id)} IS NOT NULL AND ${where} ${end}`;
    const rows = await selectIfSmall<LearnerRow>(db, items, from, sizes);
    return rows?.map((row) => {
      row[0] = folded(kind, row[0]);
      return learnerOf(row);
    });
  };
}
