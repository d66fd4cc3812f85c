import type { LearnerDiff } from '../model/diff.js';
import { entry } from '../model/entry.js';
import type { LearnerId, LinkId } from '../model/ids.js';
import type { Assignment, Holdings, TrainingRecord } from '../model/learner.js';
import { compareAssignments } from '../model/order.js';
import type { EnrolmentRepository } from '../repositories/repositories.js';
import { holders } from './holders.js';
import { checkKind, ofKindOnce, readRows, writeRows } from './learner-rows.js';
import { checkSchemaOnce } from './migrate.js';
import { learnPairs, numbersOf } from './numbers.js';
import type { Pairs } from './pairs.js';
import type { Session } from './session.js';

/** Locks learners, and runs work on them. */
export type Locking = <T>(ids: readonly LearnerId[], work: (inside: Session) => Promise<T>) => Promise<T>;

/** Smart assignments in the library's tables, beside what the host's say of the same learners. */
export function enrolmentsIn(session: Session, locking: Locking): EnrolmentRepository {
  return {
    async read(ids, options) {
      session.check();
      await checkSchemaOnce(session);
      const { db, setting } = session;
      const wanted = ofKindOnce(session, ids);
      if (wanted.length === 0) return [];
      const courses = options?.courses && [...new Set(options.courses)];
      const held = await heldBy(session, wanted);
      const { pairs } = session;
      const individual = grouped(await setting.host.individual(db, wanted, courses), ({ courseId }) => courseId);
      const training = grouped(
        await setting.host.training(db, wanted, courses),
        ({ courseId, status }): TrainingRecord => ({ courseId, status }),
      );
      const among = courses && new Set(courses);
      return wanted.map((learnerId): Holdings => {
        const assignments: Assignment[] = [];
        for (const number of held.get(learnerId) ?? NOTHING) {
          const pair = pairs.pair(number)!;
          if (!among || among.has(pair.courseId)) assignments.push(pair);
        }
        return {
          learnerId,
          assignments,
          individual: individual.get(learnerId) ?? [],
          training: training.get(learnerId) ?? [],
        };
      });
    },
    async holders(query) {
      session.check();
      await checkSchemaOnce(session);
      return holders(session, query);
    },
    async write(diffs) {
      const ids = [...new Set(diffs.map(({ learnerId }) => learnerId))];
      checkKind(session, ids);
      if (ids.length === 0) return;
      if (!session.locks(ids)) return locking(ids, (inside) => write(inside, diffs));
      session.check();
      await write(session, diffs).catch((error: unknown) => {
        session.spoil(error);
        throw error;
      });
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

/** What these learners hold, as numbers of pairs that are known. */
async function heldBy(session: Session, ids: readonly LearnerId[]): Promise<ReadonlyMap<LearnerId, readonly number[]>> {
  const held = await readRows(session, ids);
  await learnPairs(session, held.values());
  return held;
}

async function write(session: Session, diffs: readonly LearnerDiff[]): Promise<void> {
  const { db, setting } = session;
  session.writes();
  await numbersOf(session, unnumbered(session.pairs, diffs));
  const before = await heldBy(session, [...new Set(diffs.map(({ learnerId }) => learnerId))]);

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
  let after: number[] | undefined;
  for (const pair of assigned) {
    const number = pairs.number(pair)!;
    if ((after ?? held).includes(number)) continue;
    after ??= [...held];
    after.splice(placeOf(pairs, after, pair), 0, number);
  }
  const gone = released.map((pair) => pairs.number(pair)!).filter((number) => (after ?? held).includes(number));
  if (gone.length === 0) return after ?? held;
  const isGone = new Set(gone);
  return (after ?? held).filter((number) => !isGone.has(number));
}

/** How many in a list in order come before a pair. */
function placeOf(pairs: Pairs, held: readonly number[], pair: Assignment): number {
  let [from, to] = [0, held.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (compareAssignments(pairs.pair(held[middle]!)!, pair) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The pairs in these diffs that have no number yet, each once. */
function unnumbered(pairs: Pairs, diffs: readonly LearnerDiff[]): Assignment[] {
  const courses = new Map<string, Map<LinkId, Assignment>>();
  const note = (pair: Assignment): void => {
    if (pairs.number(pair) === undefined) entry(courses, pair.courseId, () => new Map()).set(pair.linkId, pair);
  };
  for (const { assigned, released } of diffs) {
    for (const pair of assigned) note(pair);
    for (const pair of released) note(pair);
  }
  return [...courses.values()].flatMap((links) => [...links.values()]);
}
