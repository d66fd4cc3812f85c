import type { LearnerDiff } from '../model/diff.js';
import { entry } from '../model/entry.js';
import type { LearnerId, LinkId } from '../model/ids.js';
import type { Assignment, Holdings, TrainingRecord } from '../model/learner.js';
import { compareAssignments } from '../model/order.js';
import type { EnrolmentRepository } from '../repositories/repositories.js';
import { holders } from './holders.js';
import { checkKind, ofKindOnce, readRows, writeRows } from './learner-rows.js';
import { learnPairs, numbersOf } from './numbers.js';
import type { Session } from './session.js';

/** Locks learners, and runs work on them. */
export type Locking = <T>(ids: readonly LearnerId[], work: (inside: Session) => Promise<T>) => Promise<T>;

/** Smart assignments in the library's tables, beside what the host's say of the same learners. */
export function enrolmentsIn(session: Session, locking: Locking): EnrolmentRepository {
  return {
    async read(ids, options) {
      session.check();
      const { db, setting } = session;
      const wanted = ofKindOnce(session, ids);
      if (wanted.length === 0) return [];
      const courses = options?.courses && [...new Set(options.courses)];
      const held = await readRows(session, wanted);
      await learnPairs(session, held.values());
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

const NOTHING: readonly number[] = [];

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
  session.writes();
  await numbersOf(session, distinct(diffs.flatMap(({ assigned, released }) => [...assigned, ...released])));
  const before = await readRows(session, [...new Set(diffs.map(({ learnerId }) => learnerId))]);
  await learnPairs(session, before.values());

  const after = new Map<LearnerId, readonly number[]>();
  for (const diff of diffs) {
    const { learnerId: id } = diff;
    after.set(id, heldAfter(session, after.get(id) ?? before.get(id) ?? NOTHING, diff));
  }
  const changed = new Map([...after].filter(([id, held]) => held !== (before.get(id) ?? NOTHING)));
  if (changed.size > 0) await writeRows(session, changed);
  await setting.host.onWrite?.(diffs, db);
}

/** What is held once a diff is written: additions first (semantics §7.11), in order of the pairs; the same list where nothing changes. */
function heldAfter(
  { pairs }: Session,
  held: readonly number[],
  { assigned, released }: LearnerDiff,
): readonly number[] {
  const more = assigned.map((pair) => pairs.number(pair)!).filter((number) => !held.includes(number));
  const gone = new Set(released.map((pair) => pairs.number(pair)!));
  if (more.length === 0 && !held.some((number) => gone.has(number))) return held;
  const inOrder = (a: number, b: number): number => compareAssignments(pairs.pair(a)!, pairs.pair(b)!);
  return merged(held, [...new Set(more)].sort(inOrder), inOrder).filter((number) => !gone.has(number));
}

/** Two lists in order as one. */
function merged(a: readonly number[], b: readonly number[], compare: (a: number, b: number) => number): number[] {
  const all: number[] = [];
  let next = 0;
  for (const number of a) {
    while (next < b.length && compare(b[next]!, number) < 0) all.push(b[next++]!);
    all.push(number);
  }
  while (next < b.length) all.push(b[next++]!);
  return all;
}

function distinct(pairs: readonly Assignment[]): Assignment[] {
  const courses = new Map<string, Map<LinkId, Assignment>>();
  for (const pair of pairs) entry(courses, pair.courseId, () => new Map()).set(pair.linkId, pair);
  return [...courses.values()].flatMap((links) => [...links.values()]);
}
