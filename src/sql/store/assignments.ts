import type { LearnerId } from '../../model/ids.js';
import type { WriteContext } from '../../repositories/repositories.js';
import { onConflict, rowsTable } from '../statement/dialect.js';
import type { Dialect } from '../statement/driver.js';
import { type Fragment, raw, run, sql } from '../statement/fragment.js';
import { ofKind } from '../statement/id-kind.js';
import { splitRows } from '../statement/split.js';
import { type HeldPairs, numbersOnlyIn } from '../transaction/held-pairs.js';
import type { Session } from '../transaction/session.js';
import { heldNumbers } from './held-numbers.js';

/** Numbers of pairs of a learner, as a comma-separated list. */
interface Numbers {
  readonly [column: string]: string;
  readonly id: LearnerId;
  readonly nos: HeldPairs;
}

/** Writes to the table of assignments how these lists differ from what the learners, who are locked, hold so far. */
export async function writeAssignments(
  session: Session,
  changed: ReadonlyMap<LearnerId, HeldPairs>,
  { operation, at }: WriteContext,
): Promise<void> {
  const { db, store } = session;
  const { dialect } = db;
  const { tables, tenant } = store;
  const [added, removed]: [Numbers[], Numbers[]] = [[], []];
  for (const [id, after] of changed) {
    const before = session.held(id)!;
    const [more, fewer] = [numbersOnlyIn(after, before), numbersOnlyIn(before, after)];
    if (more !== '') added.push({ id, nos: more });
    if (fewer !== '') removed.push({ id, nos: fewer });
  }
  for (const some of splitRows(removed)) await run(db, deletion(session, some));
  for (const some of splitRows(added)) {
    const { from, id, no } = givenNumbers(session, some);
    await run(
      db,
      sql`INSERT INTO ${tables.assignments} (tenant, learner_id, pair_no, since, operation_id)
        SELECT ${tenant}, ${id}, ${no}, ${instant(dialect, at)}, ${text(dialect, operation.id)} FROM ${from} WHERE TRUE
        ${onConflict(dialect, 'tenant, learner_id, pair_no')}`,
    );
  }
}

/** The rows of given numbers, and the expressions of a learner's id and of a number in them. */
function givenNumbers({ db: { dialect }, store: { kind } }: Session, rows: readonly Numbers[]) {
  const { table, no } = heldNumbers(dialect, raw('given.nos'));
  const from = sql`${rowsTable(dialect, { id: 'text', nos: 'text' }, rows)} CROSS JOIN ${table}`;
  return { from, id: ofKind(dialect, kind, raw('given.id')), no };
}

function deletion(session: Session, rows: readonly Numbers[]): Fragment {
  const { tables, tenant } = session.store;
  const { from, id, no } = givenNumbers(session, rows);
  const { dialect } = session.db;
  const isGiven = sql`a.tenant = ${tenant} AND a.learner_id = ${id} AND a.pair_no = ${no}`;
  switch (dialect) {
    case 'postgres':
      return sql`DELETE FROM ${tables.assignments} AS a USING ${from} WHERE ${isGiven}`;
    case 'mysql':
      // In this order the primary key is looked up for each given number; otherwise the whole table may be read.
      return sql`DELETE a FROM ${from} STRAIGHT_JOIN ${tables.assignments} AS a ON ${isGiven}`;
    case 'sqlite':
      return sql`DELETE FROM ${tables.assignments} WHERE (tenant, learner_id, pair_no) IN (SELECT ${tenant}, ${id}, ${no} FROM ${from})`;
    default:
      return dialect satisfies never;
  }
}

/** An ISO 8601 instant in UTC as a value of the column `since`. */
function instant(dialect: Dialect, at: string): Fragment {
  switch (dialect) {
    case 'postgres':
      return sql`CAST(${at}::text AS timestamptz)`;
    case 'mysql':
      return sql`CAST(${at.replace('T', ' ').replace('Z', '')} AS DATETIME(3))`;
    case 'sqlite':
      return sql`${at}`;
    default:
      return dialect satisfies never;
  }
}

/** Postgres cannot infer the type of a parameter that is selected. */
function text(dialect: Dialect, value: string): Fragment {
  return dialect === 'postgres' ? sql`${value}::text` : sql`${value}`;
}
