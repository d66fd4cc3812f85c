import type { Catalog, Unsettled } from '../../model/catalog.js';
import type { LearnerDiff } from '../../model/diff.js';
import type { Assignment } from '../../model/learner.js';
import type { WriteContext } from '../../repositories/repositories.js';
import { holds, same, sameItems } from '../assert.js';
import { lawful } from '../model.js';
import type { World } from '../world.js';
import { keyOf, type Ledger } from './ledger.js';

const coursesOf = (held: Iterable<Assignment>) => new Set([...held].map(({ courseId }) => courseId));
const ids = (list: readonly { readonly courseId: string }[]) => list.map(({ courseId }) => courseId).sort();

/**
 * What is written for a learner says both levels of change and confuses neither, and nothing is archived without an unlink
 * (semantics §3, §4). Courses on which the host did something since `since` are nobody's fault.
 */
export function checkDiff(ledger: Ledger, diff: LearnerDiff, since: number): void {
  const { held, individual, training, touched } = ledger.account(diff.learnerId);
  const what = `The diff of ${JSON.stringify(diff.learnerId)}`;
  const after = new Map(held);
  for (const one of diff.assigned) {
    holds(!after.has(keyOf(one)), `${what} assigns ${keyOf(one)}, which is held.`);
    after.set(keyOf(one), one);
  }
  for (const one of diff.released) {
    holds(held.has(keyOf(one)) && after.delete(keyOf(one)), `${what} releases ${keyOf(one)}, which is not held.`);
    const gone = ledger.isGone(one);
    const cause = gone ? 'unlinked' : 'left-segment';
    if (gone !== undefined) same(one.cause, cause, `${what}: why ${keyOf(one)} ends`);
  }
  const [was, is] = [coursesOf(held.values()), coursesOf(after.values())];
  const certain = (courseId: string) => (touched.get(courseId) ?? 0) < since;
  const on = (courses: ReadonlySet<string>, courseId: string) => courses.has(courseId) || individual.has(courseId);
  const all = [...new Set([...was, ...is])].filter(certain);
  const started = all.filter((id) => !on(was, id) && on(is, id)).sort();
  const ended = all.filter((id) => on(was, id) && !on(is, id)).sort();
  same(ids(diff.enrolled).filter(certain), started, `${what}: enrolments that start`);
  same(ids(diff.unenrolled).filter(certain), ended, `${what}: enrolments that end`);
  for (const { courseId, training: effect } of diff.enrolled.filter((one) => certain(one.courseId))) {
    same(effect, training.has(courseId) ? 'resume' : 'start', `${what}: the record of ${JSON.stringify(courseId)}`);
  }
  for (const { courseId, training: effect } of diff.unenrolled.filter((one) => certain(one.courseId))) {
    const gone = diff.released.filter((one) => one.courseId === courseId).map((one) => ledger.isGone(one));
    if (gone.includes(undefined)) continue;
    const archives = gone.includes(true) && training.get(courseId) === 'completed';
    same(effect, archives ? 'archive' : 'keep', `${what}: the record of ${JSON.stringify(courseId)}`);
  }
}

/** The process that writes: on whose behalf it runs, and which operation it has named. */
interface Writer {
  readonly actor: string | undefined;
  readonly observed: { own: string | undefined };
}

/**
 * What is written names its operation (semantics §8): of an edit's work the operation that the edit was committed with, whichever process
 * settles it; of anything else one operation of this process. It names the links of the diffs, removed ones only if this operation
 * removed them.
 */
export function checkContext(
  { works, committed }: Ledger,
  { actor, observed }: Writer,
  diffs: readonly LearnerDiff[],
  { operation, at, links }: WriteContext,
): void {
  const work = works.get(operation.id);
  if (work) same(operation, work.operation, 'The operation of an edit whose work is settled');
  else {
    observed.own ??= operation.id;
    same([operation.id, operation.actor], [observed.own, actor], 'The operation that is written');
    const { kind, reason = kind } = operation;
    holds(kind === reason, `A ${reason} was written as a ${kind}.`);
  }
  same(new Date(at).toISOString(), at, 'When it is written');
  const named = (one: Assignment) => {
    const link = links.get(one.linkId);
    return link?.courseId === one.courseId && link.segmentId === one.segmentId;
  };
  const removes = ({ removedLinks }: Unsettled, one: Assignment) =>
    removedLinks.some(({ id, courseId }) => id === one.linkId && courseId === one.courseId);
  for (const { assigned, released } of diffs) {
    for (const one of assigned) holds(named(one), `The context lacks the link of ${keyOf(one)}, which starts.`);
    for (const one of released) {
      const isOwn = work !== undefined && removes(work, one);
      if (one.cause === 'left-segment') holds(named(one), `The context lacks the link of ${keyOf(one)}, which ends.`);
      if (!work || isOwn || one.cause !== 'unlinked') continue;
      const later = [...works.values()].find(
        (other) =>
          committed.has(other.operation.id) && other.operation.revision > operation.revision && removes(other, one),
      );
      holds(!later, `What a later edit unlinked is written as an earlier one: ${keyOf(one)}.`);
    }
  }
}

/** A learner's rows are those of the ledger: nothing half-written, individual enrolments untouched, records where they belong. */
export async function checkStored(
  ledger: Ledger,
  { host }: Pick<World, 'host'>,
  learnerId: string,
  {
    since = Number.POSITIVE_INFINITY,
    started = [],
  }: { readonly since?: number; readonly started?: readonly string[] } = {},
): Promise<void> {
  const state = await stateOf(ledger, host, learnerId);
  const { held, individual, training, touched } = ledger.account(learnerId);
  const what = `What ${JSON.stringify(learnerId)} holds`;
  const certain = (courseId: string) => (touched.get(courseId) ?? 0) < since;
  sameItems(state.assignments.map(wholly), [...held.values()].map(wholly), `${what}: assignments`);
  sameItems(state.individual.filter(certain), [...individual].filter(certain), `${what}: individual enrolments`);
  const records = new Map(state.training.map(({ courseId, status }) => [courseId, status]));
  // A host may begin a record when the enrolment starts, or when the learner does.
  for (const courseId of started) if (!records.has(courseId)) training.delete(courseId);
  const listed = (map: ReadonlyMap<string, string>) => [...map].filter(([courseId]) => certain(courseId));
  sameItems(listed(records), listed(training), `${what}: training records`);
}

/** What is stored for a learner, read while no transaction that wrote for them came to its end. */
async function stateOf({ unheard }: Ledger, host: World['host'], learnerId: string): ReturnType<typeof host.state> {
  for (;;) {
    const heard = unheard.heard(learnerId);
    const state = await host.state(learnerId);
    if (unheard.heard(learnerId) === heard && !unheard.isAny(learnerId)) return state;
    await unheard.none([learnerId]);
  }
}

/** With everybody at rest the catalog is the ledger's, and so is all that is archived. */
export async function checkRest(ledger: Ledger, { host }: Pick<World, 'host'>, catalog: Catalog): Promise<void> {
  sameItems(catalog.segments, [...ledger.segments.values()], 'The segments');
  sameItems(catalog.links, [...ledger.links.values()], 'The links');
  for (const id of ledger.ids()) {
    await checkStored(ledger, { host }, id);
    sameItems(await host.archived(id), ledger.account(id).archived, `What is archived of ${JSON.stringify(id)}`);
  }
}

/** Whom a check of the law is about. */
const WHEN = {
  'up to date': 'since nobody changed anything after the last look',
  readable: 'after a reconcile',
} as const;

/** Learners hold what the law says: all whom the library has evaluated since anything changed; or, after a reconcile, all who can be read. */
export function checkLaw(ledger: Ledger, which: keyof typeof WHEN): void {
  for (const id of ledger.ids()) {
    if (which === 'readable' ? ledger.unreadable.has(id) : !ledger.isUpToDate(id)) continue;
    const { held } = ledger.account(id);
    const due = lawful(ledger, id, [...held.values()]);
    sameItems([...held.keys()], due.map(keyOf), `What ${JSON.stringify(id)} should hold ${WHEN[which]}`);
  }
}

/** An assignment with its segment, as a text. */
function wholly({ courseId, linkId, segmentId }: Assignment): string {
  return JSON.stringify([courseId, linkId, segmentId]);
}
