import type { LearnerDiff } from '../model/diff.js';
import { entry } from '../model/entry.js';
import type { LearnerId, LinkId } from '../model/ids.js';
import type { Assignment, Holdings, TrainingRecord } from '../model/learner.js';
import { compareAssignments } from '../model/order.js';
import type { EnrolmentRepository, HoldersQuery } from '../repositories/repositories.js';
import { given, isOneOf, unlessThere } from './dialect.js';
import { ask, type Fragment, joined, raw, run, sql } from './fragment.js';
import { asText, isOfKind, ofKind } from './id-kind.js';
import { checkKind, readRows, writeRows } from './learner-rows.js';
import { numbersOf, pairsOf } from './numbers.js';
import { inRange } from './range.js';
import type { Session } from './session.js';

/** Locks learners, and runs work on them. */
export type Locking = <T>(ids: readonly LearnerId[], work: (inside: Session) => Promise<T>) => Promise<T>;

/** Smart assignments in the library's tables, beside what the host's say of the same learners. */
export function enrolmentsIn(session: Session, locking: Locking): EnrolmentRepository {
  return {
    async read(ids, options) {
      session.check();
      const { db, setting } = session;
      const kind = setting.host.learnerIds ?? 'text';
      const wanted = [...new Set(ids)].filter((id) => isOfKind(kind, id));
      if (wanted.length === 0) return [];
      const courses = options?.courses && [...new Set(options.courses)];
      const held = await readRows(session, wanted);
      const numbers = new Set<number>();
      for (const list of held.values()) for (const number of list) numbers.add(number);
      await pairsOf(session, numbers);
      const individual = grouped(await setting.host.individual(db, wanted, courses), ({ courseId }) => courseId);
      const training = grouped(
        await setting.host.training(db, wanted, courses),
        ({ courseId, status }): TrainingRecord => ({ courseId, status }),
      );
      const among = courses && new Set(courses);
      return wanted.map((learnerId): Holdings => {
        const pairs = (held.get(learnerId) ?? []).map((number) => session.pairs.pair(number)!);
        return {
          learnerId,
          assignments: among ? pairs.filter(({ courseId }) => among.has(courseId)) : pairs,
          individual: individual.get(learnerId) ?? [],
          training: training.get(learnerId) ?? [],
        };
      });
    },
    async holders(query) {
      session.check();
      return holders(session, query);
    },
    async write(diffs) {
      const ids = [...new Set(diffs.map(({ learnerId }) => learnerId))];
      checkKind(session, ids);
      if (ids.length > 0) await locking(ids, (inside) => write(inside, diffs));
    },
  };
}

function grouped<Row extends { readonly learnerId: LearnerId }, Value>(
  rows: readonly Row[],
  of: (row: Row) => Value,
): ReadonlyMap<LearnerId, readonly Value[]> {
  const groups = new Map<LearnerId, Value[]>();
  for (const row of rows) entry(groups, row.learnerId, () => []).push(of(row));
  return groups;
}

async function write(session: Session, diffs: readonly LearnerDiff[]): Promise<void> {
  const { db, setting } = session;
  await numbersOf(session, distinct(diffs.flatMap(({ assigned, released }) => [...assigned, ...released])));
  const before = await readRows(session, [...new Set(diffs.map(({ learnerId }) => learnerId))]);
  const numbers = new Set<number>();
  for (const list of before.values()) for (const number of list) numbers.add(number);
  await pairsOf(session, numbers);

  const after = new Map<LearnerId, readonly number[]>();
  const started: Entry[] = [];
  const ended: Entry[] = [];
  for (const diff of diffs) {
    const { learnerId: id } = diff;
    const held = after.get(id) ?? before.get(id) ?? [];
    const next = heldAfter(session, held, diff);
    after.set(id, next);
    const [was, is] = [new Set(held), new Set(next)];
    for (const pair of next) if (!was.has(pair)) started.push({ pair, id });
    for (const pair of held) if (!is.has(pair)) ended.push({ pair, id });
  }
  await writeEntries(session, started, ended);
  const changed = new Map([...after].filter(([id, held]) => held.join() !== (before.get(id) ?? []).join()));
  if (changed.size > 0) await writeRows(session, changed);
  await setting.host.onWrite?.(diffs, db);
}

/** A pair that a learner holds. */
interface Entry {
  readonly [column: string]: string | number;
  readonly pair: number;
  readonly id: LearnerId;
}

/** What is held once a diff is written: additions first (semantics §7.11), in order of the pairs. */
function heldAfter(
  { pairs }: Session,
  held: readonly number[],
  { assigned, released }: LearnerDiff,
): readonly number[] {
  const next = new Set(held);
  for (const pair of assigned) next.add(pairs.number(pair)!);
  for (const pair of released) next.delete(pairs.number(pair)!);
  return [...next].sort((a, b) => compareAssignments(pairs.pair(a)!, pairs.pair(b)!));
}

function distinct(pairs: readonly Assignment[]): Assignment[] {
  const courses = new Map<string, Map<LinkId, Assignment>>();
  for (const pair of pairs) entry(courses, pair.courseId, () => new Map()).set(pair.linkId, pair);
  return [...courses.values()].flatMap((links) => [...links.values()]);
}

/** Keeps who holds a pair beside what each learner holds. */
async function writeEntries(
  { db, setting: { tables, tenant, host } }: Session,
  started: readonly Entry[],
  ended: readonly Entry[],
): Promise<void> {
  const { dialect } = db;
  const id = ofKind(dialect, host.learnerIds ?? 'text', raw('given.id'));
  const table = (entries: readonly Entry[]): Fragment => given(dialect, { pair: 'integer', id: 'text' }, entries);
  if (started.length > 0) {
    // Neighbours in the key are written one after another.
    const sorted = started.toSorted((a, b) => a.pair - b.pair);
    await run(
      db,
      sql`INSERT INTO ${tables.assignments} (tenant, pair, learner_id) SELECT ${tenant}, given.pair, ${id} FROM ${table(sorted)} WHERE TRUE
        ${unlessThere(dialect, 'pair, learner_id')}`,
    );
  }
  if (ended.length === 0) return;
  const isIt = sql`a.pair = given.pair AND a.learner_id = ${id}`;
  await run(
    db,
    {
      postgres: sql`DELETE FROM ${tables.assignments} AS a USING ${table(ended)} WHERE ${isIt}`,
      mysql: sql`DELETE a FROM ${table(ended)} JOIN ${tables.assignments} AS a ON ${isIt}`,
      sqlite: sql`DELETE FROM ${tables.assignments} WHERE (pair, learner_id) IN (SELECT given.pair, ${id} FROM ${table(ended)})`,
    }[dialect],
  );
}

/** Of so many pairs each is asked for its own holders; of more, everyone who holds anything is looked at in order. */
const FEW = 50;

async function holders(session: Session, { links, after, upTo, limit }: HoldersQuery): Promise<LearnerId[]> {
  const { db, setting } = session;
  const { tables, tenant, host } = setting;
  const { dialect } = db;
  const kind = host.learnerIds ?? 'text';
  const id = raw('learner_id');
  const range = inRange(dialect, kind, id, { after, upTo });
  const page = (from: Fragment, where: Fragment, most: number): Fragment =>
    sql`SELECT ${id} FROM ${from} WHERE ${where} AND ${range} ORDER BY ${id} LIMIT ${raw(String(most))}`;
  if (!links) return idsOf(session, page(tables.learners, sql`tenant = ${tenant} AND held <> ''`, limit));
  if (links.length === 0) return [];
  const pairs = await numbersByLinks(session, links);
  if (pairs.length === 0) return [];
  if (pairs.length > FEW) return amongEveryone(session, new Set(pairs), { after, upTo, limit });
  const pieces = pairs.map(
    (pair) => sql`SELECT * FROM (${page(tables.assignments, sql`pair = ${pair}`, limit)}) AS holders_of_one`,
  );
  return idsOf(
    session,
    sql`SELECT ${id} FROM (${joined(pieces, ' UNION ')}) AS found ORDER BY ${id} LIMIT ${raw(String(limit))}`,
  );
}

async function idsOf({ db }: Session, ids: Fragment): Promise<LearnerId[]> {
  const { dialect } = db;
  const text = asText(dialect, raw('learner_id'));
  const quoted = {
    postgres: sql`CAST(to_json(${text}) AS text)`,
    mysql: sql`JSON_QUOTE(${text})`,
    sqlite: sql`json_quote(${text})`,
  };
  return ask<LearnerId>(db, sql`SELECT ${quoted[dialect]} AS j FROM (${ids}) AS page ORDER BY learner_id`);
}

async function numbersByLinks(session: Session, links: readonly LinkId[]): Promise<number[]> {
  const { db, setting } = session;
  const { tables, tenant } = setting;
  const wanted = new Set(links);
  const found: number[] = [];
  const all = [...wanted];
  for (let from = 0; from < all.length; from += 10_000) {
    const some = all.slice(from, from + 10_000);
    const rows = await ask<number>(
      db,
      sql`SELECT CAST(no AS ${raw(db.dialect === 'mysql' ? 'CHAR' : 'TEXT')}) AS j FROM ${tables.pairs} WHERE tenant = ${tenant} AND ${isOneOf(db.dialect, raw('link_id'), 'text', some)}`,
    );
    for (const number of rows) found.push(number);
  }
  return found;
}

async function amongEveryone(
  session: Session,
  pairs: ReadonlySet<number>,
  { after, upTo, limit }: HoldersQuery,
): Promise<LearnerId[]> {
  const found: LearnerId[] = [];
  for (let cursor = after; ; ) {
    const page = await holders(session, { after: cursor, upTo, limit: Math.max(limit, 1_000) });
    const held = await readRows(session, page);
    for (const id of page) if (held.get(id)?.some((pair) => pairs.has(pair))) found.push(id);
    if (page.length === 0 || found.length >= limit) return found.slice(0, limit);
    cursor = page.at(-1);
  }
}
