import { getOrCreate } from '../../collections/get-or-create.js';
import { compareAssignments } from '../../collections/order.js';
import type { LearnerDiff } from '../../model/diff.js';
import type { CourseId, LearnerId } from '../../model/ids.js';
import type { Assignment, Holdings, TrainingRecord, UnreadableHoldings } from '../../model/learner.js';
import type { EnrolmentRepository, WriteContext } from '../../repositories/repositories.js';
import type { IndividualEnrolment, LearnerTraining } from '../host/host.js';
import { withCallerIds } from '../statement/caller-ids.js';
import { folded } from '../statement/id-kind.js';
import { type HeldPairs, PairNumberReader, updatedHeldPairs } from '../transaction/held-pairs.js';
import type { Pairs } from '../transaction/pairs.js';
import type { Session } from '../transaction/session.js';
import { writeAssignments } from './assignments.js';
import { holders } from './holders.js';
import { checkIdKind, possibleIds, readRows, writeRows } from './learner-rows.js';
import { assignNumbers } from './pair-numbers.js';
import { checkSchemaInside, checkSchemaOnce } from './schema-row.js';

/** Locks learners, and runs work on them. */
export type RunLocked = <T>(ids: readonly LearnerId[], work: (inside: Session) => Promise<T>) => Promise<T>;

/** Smart assignments from the library's tables, and the same learners' enrolments and training records from the host's. */
export function enrolmentsIn(session: Session, runLocked: RunLocked): EnrolmentRepository {
  return {
    async read(ids, options) {
      session.throwIfEnded();
      await checkSchemaOnce(session);
      const found = await readHoldings(session, possibleIds(session, ids), options?.courses);
      return withCallerIds(
        session.store.kind,
        ids,
        found,
        ({ learnerId }) => learnerId,
        (row, learnerId) => ({ ...row, learnerId }),
      );
    },
    async holders(query) {
      session.throwIfEnded();
      await checkSchemaOnce(session);
      return holders(session, query);
    },
    async write(given, context) {
      const diffs = foldedDiffs(session, given);
      const ids = [...new Set(diffs.map(({ learnerId }) => learnerId))];
      checkIdKind(session, ids);
      if (ids.length === 0) return;
      if (!session.hasLocked(ids)) return runLocked(ids, (inside) => write(inside, diffs, context));
      session.throwIfEnded();
      await write(session, diffs, context).catch((error: unknown) => {
        session.failTransaction(error);
        throw error;
      });
    },
  };
}

/** Reads what these learners hold, on all courses or only on some. */
async function readHoldings(
  session: Session,
  ids: readonly LearnerId[],
  onlyOn: readonly CourseId[] | undefined,
): Promise<(Holdings | UnreadableHoldings)[]> {
  if (ids.length === 0) return [];
  const { db, store, pairs } = session;
  const courses = onlyOn && [...new Set(onlyOn)];
  const held = await readRows(session, ids);
  const individual = rowsByLearner(await store.host.individual(db, ids, courses));
  const training = rowsByLearner(await store.host.training(db, ids, courses));
  const among = courses && pairs.numbersOn(courses);
  return ids.map((learnerId) => {
    const unreadable = individual.unreadable.get(learnerId) ?? training.unreadable.get(learnerId);
    if (unreadable !== undefined) return { learnerId, unreadable };
    const assignments: Assignment[] = [];
    for (const reader = new PairNumberReader(held(learnerId)); reader.next(); ) {
      if (!among || among.has(reader.number)) assignments.push(pairs.pair(reader.number)!);
    }
    return {
      learnerId,
      assignments,
      individual: coursesOf(individual.rows.get(learnerId) ?? []),
      training: recordsOf(training.rows.get(learnerId) ?? []),
    };
  });
}

/** Returns the diffs with learner ids as the store keeps them. */
function foldedDiffs({ store: { kind } }: Session, diffs: readonly LearnerDiff[]): readonly LearnerDiff[] {
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
  const { db, store } = session;
  session.recordWrite();
  await assignNumbers(session, unnumbered(session.pairs, diffs));

  const { pairs } = session;
  const compare = (a: number, b: number): number => compareAssignments(pairs.pair(a)!, pairs.pair(b)!);
  const changed = new Map<LearnerId, HeldPairs>();
  for (const { learnerId: id, assigned, released } of diffs) {
    const before = changed.get(id) ?? session.held(id)!;
    // Additions first (semantics §7.11).
    const added = sortedOnce(assigned).map((pair) => pairs.number(pair)!);
    // A release names a link on a course, whatever segment the assignment was stored with (semantics §7.8).
    const removed = released.flatMap((pair) => pairs.numbersOfLink(pair));
    const after = updatedHeldPairs(before, added, removed, compare);
    if (after !== before) changed.set(id, after);
  }
  if (changed.size > 0) {
    await checkSchemaInside(session);
    if (store.keepsAssignments) await writeAssignments(session, changed, context);
    await writeRows(session, changed);
  }
  await store.host.keepTables?.(diffs, db, context);
  await store.host.onWrite?.(diffs, db, context);
}

/** Returns these pairs in order, each once; they usually are already. */
function sortedOnce(pairs: readonly Assignment[]): readonly Assignment[] {
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
