import type { Catalog, Unsettled } from '../../model/catalog.js';
import type { LearnerDiff } from '../../model/diff.js';
import type { Assignment } from '../../model/learner.js';
import type { WriteContext } from '../../repositories/repositories.js';
import { assert, assertEqual, assertSameItems } from '../assert.js';
import { expectedAssignments } from '../expected-assignments.js';
import type { World } from '../world.js';
import { type ExpectedState, keyOf } from './expected-state.js';

const coursesOf = (held: Iterable<Assignment>) => new Set([...held].map(({ courseId }) => courseId));
const ids = (list: readonly { readonly courseId: string }[]) => list.map(({ courseId }) => courseId).sort();

/**
 * Checks that a diff has the right assignments and enrolments, and archives a training record only after an unlink (semantics §3, §4).
 * Skips courses on which the host changed something since `since`.
 */
export function checkDiff(expected: ExpectedState, diff: LearnerDiff, since: number): void {
  const { held, individual, training, changedByHost } = expected.holdingsOf(diff.learnerId);
  const what = `The diff of ${JSON.stringify(diff.learnerId)}`;
  const after = new Map(held);
  for (const one of diff.assigned) {
    assert(!after.has(keyOf(one)), `${what} assigns ${keyOf(one)}, which is already held.`);
    after.set(keyOf(one), one);
  }
  for (const one of diff.released) {
    assert(held.has(keyOf(one)) && after.delete(keyOf(one)), `${what} releases ${keyOf(one)}, which is not held.`);
    const unlinked = expected.isUnlinked(one);
    const cause = unlinked ? 'unlinked' : 'left-segment';
    if (unlinked !== undefined) assertEqual(one.cause, cause, `${what}: the cause of the release of ${keyOf(one)}`);
  }
  const [was, is] = [coursesOf(held.values()), coursesOf(after.values())];
  const certain = (courseId: string) => (changedByHost.get(courseId) ?? 0) < since;
  const on = (courses: ReadonlySet<string>, courseId: string) => courses.has(courseId) || individual.has(courseId);
  const all = [...new Set([...was, ...is])].filter(certain);
  const started = all.filter((id) => !on(was, id) && on(is, id)).sort();
  const ended = all.filter((id) => on(was, id) && !on(is, id)).sort();
  assertEqual(ids(diff.enrolled).filter(certain), started, `${what}: enrolments that start`);
  assertEqual(ids(diff.unenrolled).filter(certain), ended, `${what}: enrolments that end`);
  for (const { courseId, training: effect } of diff.enrolled.filter((one) => certain(one.courseId))) {
    assertEqual(
      effect,
      training.has(courseId) ? 'resume' : 'start',
      `${what}: the training record of ${JSON.stringify(courseId)}`,
    );
  }
  for (const { courseId, training: effect } of diff.unenrolled.filter((one) => certain(one.courseId))) {
    const unlinked = diff.released.filter((one) => one.courseId === courseId).map((one) => expected.isUnlinked(one));
    if (unlinked.includes(undefined)) continue;
    const archives = unlinked.includes(true) && training.get(courseId) === 'completed';
    assertEqual(effect, archives ? 'archive' : 'keep', `${what}: the training record of ${JSON.stringify(courseId)}`);
  }
}

/** The process that writes: its actor, and the id of its own operation. */
interface Writer {
  readonly actor: string | undefined;
  readonly observed: { own: string | undefined };
}

/**
 * Checks the context of a write (semantics §8). For the work of an edit, its operation is that of the commit, whichever process settles
 * it. For anything else, it is the one operation of this process. The context contains the links of the diffs; it contains a removed link
 * only if this operation removed it.
 */
export function checkContext(
  { commits }: ExpectedState,
  { actor, observed }: Writer,
  diffs: readonly LearnerDiff[],
  { operation, at, links }: WriteContext,
): void {
  const work = commits.get(operation.id)?.work;
  if (work) assertEqual(operation, work.operation, 'The operation in a write that settles the work of an edit');
  else {
    observed.own ??= operation.id;
    assertEqual([operation.id, operation.actor], [observed.own, actor], 'The operation in the write context');
    const { kind, reason = kind } = operation;
    assert(kind === reason, `A write of ${reason} has an operation of the kind ${kind}.`);
  }
  assertEqual(new Date(at).toISOString(), at, 'The time in the write context');
  const named = (one: Assignment) => {
    const link = links.get(one.linkId);
    return link?.courseId === one.courseId && link.segmentId === one.segmentId;
  };
  const removes = ({ removedLinks }: Unsettled, one: Assignment) =>
    removedLinks.some(({ id, courseId }) => id === one.linkId && courseId === one.courseId);
  for (const { assigned, released } of diffs) {
    for (const one of assigned) assert(named(one), `The context lacks the link of ${keyOf(one)}, which starts.`);
    for (const one of released) {
      const isOwn = work !== undefined && removes(work, one);
      if (isOwn) assert(links.has(one.linkId), `The context lacks the removed link of ${keyOf(one)}.`);
      if (one.cause === 'left-segment') assert(named(one), `The context lacks the link of ${keyOf(one)}, which ends.`);
      if (!work || isOwn || one.cause !== 'unlinked') continue;
      const later = [...commits.values()].find(
        ({ work: other, isDone }) => isDone && other.operation.revision > operation.revision && removes(other, one),
      );
      assert(!later, `What a later edit unlinked is written as an earlier one: ${keyOf(one)}.`);
    }
  }
}

/** Checks that a learner's rows equal the expected state: no partial writes, individual enrolments unchanged, training records as expected. */
export async function checkStored(
  expected: ExpectedState,
  { host }: Pick<World, 'host'>,
  learnerId: string,
  {
    since = Number.POSITIVE_INFINITY,
    started = [],
  }: { readonly since?: number; readonly started?: readonly string[] } = {},
): Promise<void> {
  const state = await stateOf(expected, host, learnerId);
  const { held, individual, training, changedByHost } = expected.holdingsOf(learnerId);
  const what = `What ${JSON.stringify(learnerId)} holds`;
  const certain = (courseId: string) => (changedByHost.get(courseId) ?? 0) < since;
  assertSameItems(state.assignments.map(wholly), [...held.values()].map(wholly), `${what}: assignments`);
  assertSameItems(state.individual.filter(certain), [...individual].filter(certain), `${what}: individual enrolments`);
  const records = new Map(state.training.map(({ courseId, status }) => [courseId, status]));
  // A host may create a training record when the enrolment starts, or when the learner starts the course.
  for (const courseId of started) if (!records.has(courseId)) training.delete(courseId);
  const listed = (map: ReadonlyMap<string, string>) => [...map].filter(([courseId]) => certain(courseId));
  assertSameItems(listed(records), listed(training), `${what}: training records`);
}

/** Reads what is stored for a learner at a moment when no transaction that wrote for them is ending. */
async function stateOf(
  { pendingCommits }: ExpectedState,
  host: World['host'],
  learnerId: string,
): ReturnType<typeof host.state> {
  for (;;) {
    const acknowledged = pendingCommits.acknowledged(learnerId);
    const state = await host.state(learnerId);
    if (pendingCommits.acknowledged(learnerId) === acknowledged && !pendingCommits.has(learnerId)) return state;
    await pendingCommits.settled([learnerId]);
  }
}

/** Checks at rest that the catalog, all holdings and all archived records equal the expected state. */
export async function checkRest(
  expected: ExpectedState,
  { host }: Pick<World, 'host'>,
  catalog: Catalog,
): Promise<void> {
  assertSameItems(catalog.segments, [...expected.segments.values()], 'The segments');
  assertSameItems(catalog.links, [...expected.links.values()], 'The links');
  for (const id of expected.ids()) {
    await checkStored(expected, { host }, id);
    assertSameItems(
      await host.archived(id),
      expected.holdingsOf(id).archived,
      `The archived records of ${JSON.stringify(id)}`,
    );
  }
}

/** Which learners a check of the law covers. */
const WHEN = {
  'up to date': 'as nothing changed after the last evaluation',
  readable: 'after a reconcile',
} as const;

/** Checks that learners hold what they should: those who are up to date or, after a reconcile, all who can be read. */
export function checkAssignments(expected: ExpectedState, which: keyof typeof WHEN): void {
  for (const id of expected.ids()) {
    if (which === 'readable' ? expected.unreadable.has(id) : !expected.isUpToDate(id)) continue;
    const { held } = expected.holdingsOf(id);
    const due = expectedAssignments(expected, id, [...held.values()]);
    assertSameItems([...held.keys()], due.map(keyOf), `What ${JSON.stringify(id)} should hold ${WHEN[which]}`);
  }
}

/** An assignment, including its segment, as text. */
function wholly({ courseId, linkId, segmentId }: Assignment): string {
  return JSON.stringify([courseId, linkId, segmentId]);
}
