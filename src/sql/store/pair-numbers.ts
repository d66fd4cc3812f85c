import { compareAssignments, compareIds } from '../../collections/order.js';
import type { Assignment } from '../../model/learner.js';
import { onConflict, rowsTable } from '../statement/dialect.js';
import { type Fragment, raw, run, sql } from '../statement/fragment.js';
import { asText, ofKind } from '../statement/id-kind.js';
import { select } from '../statement/select.js';
import { splitRows } from '../statement/split.js';
import { type HeldPairs, PairNumberReader } from '../transaction/held-pairs.js';
import type { Session } from '../transaction/session.js';

const COLUMNS = { course: 'text', link: 'text', segment: 'text' } as const;

/** Loads the numbers of these assignments into the session, and gives a number to each that has none. */
export async function assignNumbers(session: Session, pairs: readonly Assignment[]): Promise<void> {
  const unknown = (): Assignment[] => pairs.filter((pair) => session.pairs.number(pair) === undefined);
  // They usually have one already, since links get theirs when they are saved.
  await loadNumbers(session, unknown());
  const without = unknown();
  if (without.length === 0) return;
  const { db, store } = session;
  const { tables, tenant } = store;
  session.recordWrite();
  for (const some of pairRows(without)) {
    await run(
      db,
      sql`INSERT INTO ${tables.pairs} (tenant, course_id, link_id, segment_id) SELECT ${tenant}, course, link, segment
        FROM ${rowsTable(db.dialect, COLUMNS, some)} WHERE TRUE ${onConflict(db.dialect, 'tenant, link_id, course_id, segment_id')}`,
    );
  }
  await loadNumbers(session, without);
}

/** Loads the numbers of those of these pairs that have one. */
async function loadNumbers(session: Session, pairs: readonly Assignment[]): Promise<void> {
  if (pairs.length === 0) return;
  const { dialect } = session.db;
  const [course, link] = [ofKind(dialect, 'text', raw('given.course')), ofKind(dialect, 'text', raw('given.link'))];
  for (const some of pairRows(pairs)) {
    await load(session, rowsTable(dialect, COLUMNS, some), sql`p.link_id = ${link} AND p.course_id = ${course}`);
  }
}

/** Rows of these pairs, sorted so that two transactions that number the same pairs cannot deadlock; in lists that fit a statement. */
function pairRows(pairs: readonly Assignment[]) {
  return splitRows(
    pairs
      .toSorted((a, b) => compareAssignments(a, b) || compareIds(a.segmentId, b.segmentId))
      .map(({ courseId, linkId, segmentId }) => ({ course: courseId, link: linkId, segment: segmentId })),
  );
}

/** Loads the pairs of the numbers in these lists; throws if one is not stored. */
export async function loadPairs(session: Session, lists: Iterable<HeldPairs>): Promise<void> {
  const unknown = new Set<number>();
  for (const held of lists) {
    for (const reader = new PairNumberReader(held); reader.next(); ) {
      if (!session.pairs.pair(reader.number)) unknown.add(reader.number);
    }
  }
  if (unknown.size === 0) return;
  for (const rows of splitRows([...unknown].map((no) => ({ no })))) {
    await load(session, rowsTable(session.db.dialect, { no: 'integer' }, rows), raw('p.no = given.no'));
  }
  const lost = [...unknown].filter((number) => !session.pairs.pair(number));
  if (lost.length === 0) return;
  throw new Error(
    `Learners hold assignments whose numbers are not in the table of pairs (${lost.slice(0, 5).join(', ')}): the library's tables come from different backups. Restore them from the same backup.`,
  );
}

/** Loads the stored pairs that match the rows of a table named `given`. */
async function load(session: Session, rows: Fragment, belongs: Fragment): Promise<void> {
  const { db, store } = session;
  const { dialect } = db;
  // SQLite keeps the order of a CROSS JOIN; otherwise it may scan the rows for each pair, although the index is on the pairs.
  const join = raw(dialect === 'sqlite' ? 'CROSS JOIN' : 'JOIN');
  const found = await select<[number, string, string, string]>(
    db,
    [raw('p.no'), ...['p.course_id', 'p.link_id', 'p.segment_id'].map((name) => asText(dialect, raw(name)))],
    sql`FROM ${rows} ${join} ${store.tables.pairs} AS p ON p.tenant = ${store.tenant} AND ${belongs}`,
  );
  for (const [number, courseId, linkId, segmentId] of found) session.pairs.add(number, { courseId, linkId, segmentId });
}
