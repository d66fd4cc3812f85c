import { getOrCreate } from '../../collections/get-or-create.js';
import { compareAssignments } from '../../collections/order.js';
import type { LearnerDiff } from '../../model/diff.js';
import type { CourseId, LearnerId } from '../../model/ids.js';
import type { Assignment, Holdings, TrainingRecord, UnreadableHoldings } from '../../model/learner.js';
import type { EnrolmentRepository, WriteContext } from '../../repositories/repositories.js';
import type { IndividualEnrolment, LearnerTraining } from '../host/host.js';
import { asAsked } from '../statement/as-asked.js';
import { folded } from '../statement/id-kind.js';
import { type Held, heldAfter, Reading } from '../transaction/held.js';
import type { Pairs } from '../transaction/pairs.js';
import type { Session } from '../transaction/session.js';
import { holders } from './holders.js';
import { checkKind, ofKindOnce, readRows, writeRows } from './learner-rows.js';
import { numbersOf } from './numbers.js';
import { checkSchemaOnce } from './schema-row.js';

/** Locks learners, and runs work on them. */
export type Locking = <T>(ids: readonly LearnerId[], work: (inside: Session) => Promise<T>) => Promise<T>;

/** Smart assignments from the library's tables, and the same learners' enrolments and training records from the host's. */
export function enrolmentsIn(session: Session, locking: Locking): EnrolmentRepository {
  return {
    async read(ids, options) {
      session.check();
      await checkSchemaOnce(session);
      const { db, setting } = session;
      const wanted = ofKindOnce(session, ids);
      if (wanted.length === 0) return [];
      const courses = options?.courses && [...new Set(options.courses)];
      const held = await readRows(session, wanted);
      const { pairs } = session;
      const individual = rowsByLearner(await setting.host.individual(db, wanted, courses));
      const training = rowsByLearner(await setting.host.training(db, wanted, courses));
      const among = courses && pairs.numbersOn(courses);
      const found = wanted.map((learnerId): Holdings | UnreadableHoldings => {
        const unreadable = individual.unreadable.get(learnerId) ?? training.unreadable.get(learnerId);
        if (unreadable !== undefined) return { learnerId, unreadable };
        const assignments: Assignment[] = [];
        for (const reading = new Reading(held(learnerId)); reading.next(); ) {
          if (!among || among.has(reading.number)) assignments.push(pairs.pair(reading.number)!);
        }
        return {
          learnerId,
          assignments,
          individual: coursesOf(individual.rows.get(learnerId) ?? []),
          training: recordsOf(training.rows.get(learnerId) ?? []),
        };
      });
      return asAsked(
        setting.kind,
        ids,
        found,
        ({ learnerId }) => learnerId,
        (row, learnerId) => ({ ...row, learnerId }),
      );
    },
    async holders(query) {
      session.check();
      await checkSchemaOnce(session);
      return holders(session, query);
    },
    async write(given, context) {
      const diffs = foldedDiffs(session, given);
      const ids = [...new Set(diffs.map(({ learnerId }) => learnerId))];
      checkKind(session, ids);
      if (ids.length === 0) return;
      if (!session.locks(ids)) return locking(ids, (inside) => write(inside, diffs, context));
      session.check();
      await write(session, diffs, context).catch((error: unknown) => {
        session.spoil(error);
        throw error;
      });
    },
  };
}

/** Returns the diffs with learner ids as the store keeps them. */
function foldedDiffs({ setting: { kind } }: Session, diffs: readonly LearnerDiff[]): readonly LearnerDiff[] {
  if (kind !== 'uuid') return diffs;
  return diffs.map((diff) => ({ ...diff, learnerId: folded(kind, diff.learnerId) }));
}

/** Groups rows of the host by learner, with the reasons why rows of other learners cannot be read. */
function rowsByLearner<Row extends { readonly learnerId: LearnerId }>(found: readonly (Row | UnreadableHoldings)[]) {
  const rows = new Map<LearnerId, Row[]>();
  const unreadable = new Map<LearnerId, string>();
  for (const row of found) {
    if ('unreadable' in row) unreadable.set(row.learnerId, row.unreadable);
    else getOrCreate(rows, row.learnerId, () => []).push(row);
  }
  return { rows, unreadable };
}

/** The courses of individual enrolments, each once. */
function coursesOf(rows: readonly IndividualEnrolment[]): readonly CourseId[] {
  const courses = rows.map(({ courseId }) => courseId);
  return courses.length > 1 ? [...new Set(courses)] : courses;
}

/** One record for each course, completed if any of the course's is (semantics §4). */
function recordsOf(rows: readonly LearnerTraining[]): readonly TrainingRecord[] {
  const records = new Map<CourseId, TrainingRecord>();
  for (const { courseId, status } of rows) {
    if (records.get(courseId)?.status !== 'completed') records.set(courseId, { courseId, status });
  }
  return [...records.values()];
}

/** Writes these diffs; their learners are locked. */
async function write(session: Session, diffs: readonly LearnerDiff[], context: WriteContext): Promise<void> {
  const { db, setting } = session;
  session.writes();
  await numbersOf(session, unnumbered(session.pairs, diffs));

  const { pairs } = session;
  const compare = (a: number, b: number): number => compareAssignments(pairs.pair(a)!, pairs.pair(b)!);
  const changed = new Map<LearnerId, Held>();
  for (const { learnerId: id, assigned, released } of diffs) {
    const before = changed.get(id) ?? session.held(id)!;
    // Additions first (semantics §7.11).
    const added = inOrder(assigned).map((pair) => pairs.number(pair)!);
    // A release names a link on a course, whatever segment the assignment was stored with (semantics §7.8).
    const removed = released.flatMap((pair) => pairs.numbersOfLink(pair));
    const after = heldAfter(before, added, removed, compare);
    if (after !== before) changed.set(id, after);
  }
  if (changed.size > 0) await writeRows(session, changed);
  await setting.host.onWrite?.(diffs, db, context);
}

/** Returns these pairs in order, each once; they nearly always are already. */
function inOrder(pairs: readonly Assignment[]): readonly Assignment[] {
  const isSorted = pairs.every((pair, i) => i === 0 || compareAssignments(pairs[i - 1]!, pair) < 0);
  if (isSorted) return pairs;
  const sorted = pairs.toSorted(compareAssignments);
  return sorted.filter((pair, i) => i === 0 || compareAssignments(sorted[i - 1]!, pair) < 0);
}

/** The assignments in these diffs that start and have no number yet, each once. */
function unnumbered(pairs: Pairs, diffs: readonly LearnerDiff[]): Assignment[] {
  const found = new Map<string, Assignment>();
  for (const { assigned } of diffs) {
    for (const pair of assigned) {
      const { courseId, linkId, segmentId } = pair;
      if (pairs.number(pair) === undefined) found.set(JSON.stringify([courseId, linkId, segmentId]), pair);
    }
  }
  return [...found.values()];
}
