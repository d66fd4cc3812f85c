import type { SqlDriver } from '../../statement/driver.js';
import { type Fragment, joined, raw, sql } from '../../statement/fragment.js';
import { quoted } from '../../statement/identifier.js';
import { jsonOf } from '../../statement/json.js';
import type { HostTables } from '../columns/host-tables.js';
import { TableRef } from '../columns/table-ref.js';
import type { HostRefs } from '../refs.js';
import { POSITION, type StoredRows } from './stored-rows.js';
import { type Written, type WrittenLearner, writtenColumns } from './written-learner.js';

const VALUES = 'smart_enrolments_values';
const SEGMENTS = 'smart_enrolments_segments';
/** Types that can store a boolean; in columns of other types, hosts write 1 and 0. */
const BOOLEAN_TYPES = ['bool', 'json', 'jsonb', 'text', 'varchar', 'citext', 'name'];

/** A table built from JSON records: Postgres converts their values as it converts the values of an INSERT. */
class RecordsRef extends TableRef {
  constructor(
    { dialect, host, alias, facts }: TableRef,
    readonly records: Fragment,
    readonly types: readonly Fragment[],
  ) {
    super(dialect, { table: host.table }, alias, undefined, facts);
  }

  override get from(): Fragment {
    return sql`json_to_recordset(${this.records}) AS ${raw(this.alias)}(${joined(this.types, ', ')})`;
  }
}

/** Reads learners as Postgres would store them, in one statement that writes nothing. */
export async function storedInPostgres<T>(
  db: SqlDriver,
  tables: HostTables,
  refs: HostRefs,
  work: (rows: StoredRows) => Promise<T>,
): Promise<T> {
  const { learners: u, placements: p, values: v } = refs;
  const names = writtenColumns('postgres', tables.learners);
  const { id, values } = tables.learners;
  const segment = tables.placements?.segment;
  for (const name of names)
    if (u.facts(id) && !u.facts(name))
      throw new Error(`The table ${u.host.table} has no column "${name}". Correct the name in sqlHost({ learners }).`);
  const typed = (table: TableRef, name: string, otherwise = 'json'): Fragment =>
    sql`${quoted('postgres', name, 'column')} ${raw(table.facts(name)?.declared ?? otherwise)}`;
  const types = names.map((name) => typed(u, name, name === tables.learners.id ? 'text' : 'json'));
  const own = [raw(`${POSITION} integer`), raw(`${VALUES} json`), raw(`${SEGMENTS} json`)];
  const record = ({ columns, values: texts, segments }: WrittenLearner, position: number): object => ({
    ...Object.fromEntries(columns.map((value, i) => [names[i]!, inColumn(u, names[i]!, value)])),
    [POSITION]: position,
    [VALUES]: values && v && texts.map(([field, value]) => ({ [values.field]: field, [values.value]: value })),
    [SEGMENTS]: segment && segments.map((id) => ({ [segment]: id })),
  });

  const givenAs = (written: readonly WrittenLearner[]): HostRefs => {
    const people = new RecordsRef(u, sql`CAST(${jsonOf(written.map(record))}::text AS json)`, [...types, ...own]);
    return {
      ...{ ...refs, learners: people, isOf: () => raw('TRUE') },
      values:
        v &&
        values &&
        new RecordsRef(v, raw(`u.${VALUES}`), [typed(v, values.field, 'text'), typed(v, values.value, 'text')]),
      placements: p && segment ? new RecordsRef(p, raw(`u.${SEGMENTS}`), [typed(p, segment, 'text')]) : undefined,
    };
  };
  // In one transaction, since some pools close a connection when a statement fails outside a transaction.
  return db.transaction((tx) =>
    // In a savepoint, since a value that Postgres rejects would abort the transaction.
    work((written, read) => tx.transaction((inside) => read(inside, givenAs(written)))),
  );
}

function inColumn(u: TableRef, name: string, value: Written): Written {
  const facts = u.facts(name);
  if (typeof value !== 'boolean' || !facts || facts.isArray) return value;
  const isNarrow = /\([1-4]\)/u.test(facts.declared);
  return BOOLEAN_TYPES.includes(facts.type) && !isNarrow ? value : Number(value);
}
