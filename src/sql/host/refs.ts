import type { SqlDriver } from '../statement/driver.js';
import type { Fragment } from '../statement/fragment.js';
import type { ColumnFactsCache } from './columns/column-facts.js';
import type { HostTable, HostTables } from './columns/host-tables.js';
import { type IdColumn, sameId } from './columns/same-id.js';
import { TableRef } from './columns/table-ref.js';

/** The tables of a host, each with an alias and the facts of its columns. */
export interface HostRefs {
  readonly learners: TableRef;
  readonly courses: TableRef;
  readonly placements: TableRef | undefined;
  readonly values: TableRef | undefined;
  readonly individual: TableRef | undefined;
  readonly training: TableRef | undefined;
  readonly enrolments: TableRef | undefined;
  /** A condition that this column of another table has the id of the learner in `learners`. */
  isOf(table: TableRef, learner: string): Fragment;
}

/** Reads the facts of the host's tables. */
export async function hostRefs(db: SqlDriver, tables: HostTables, facts: ColumnFactsCache): Promise<HostRefs> {
  const { tenant } = tables;
  const ref = async (host: HostTable, alias: string): Promise<TableRef> =>
    new TableRef(db.dialect, host, alias, tenant, await facts.of(db, host));
  const learners = await ref(tables.learners, 'u');
  const { id, ids: kind = 'text', values } = tables.learners;
  return {
    learners,
    courses: await ref(tables.courses, 'c'),
    placements: tables.placements && (await ref(tables.placements, 'p')),
    values: values && (await ref(values, 'v')),
    individual: tables.individual && (await ref(tables.individual, 't')),
    training: tables.training && (await ref(tables.training, 't')),
    enrolments: tables.enrolments && (await ref(tables.enrolments, 't')),
    isOf: (table, learner) => sameId(db.dialect, idColumn(table, learner), idColumn(learners, id), kind),
  };
}

/** A column of a table, with its facts. */
export function idColumn(table: TableRef, name: string): IdColumn {
  return { column: table.column(name), facts: table.facts(name) };
}
