import { compareIds } from '../../collections/order.js';
import { isSmartEnrolmentsError, SmartEnrolmentsError } from '../../errors/smart-enrolments-error.js';
import type { Catalog, Unsettled } from '../../model/catalog.js';
import type { Fingerprint, OperationId } from '../../model/ids.js';
import type { Confirm } from '../../model/options.js';
import { affectedLearners, WHOLE, type Work } from '../batches/walk.js';
import type { Engine } from '../engine.js';
import { areLimiting, type Ceilings, ceilingsFor, Meter, UNLIMITED } from '../limits/limits.js';
import { Run } from '../run.js';
import { check } from './check.js';
import { settleWork } from './settle.js';

/** Work of earlier edits that could not be settled, and why. */
export interface OpenWork {
  readonly work: Unsettled;
  readonly error: unknown;
}

/** The state after earlier work was tried. */
export interface Earlier {
  /** The catalog, whose only outstanding work is the open work. */
  readonly catalog: Catalog;
  readonly open: readonly OpenWork[];
}

/** Tries to settle each piece of work that earlier edits left, except work that failed a short time ago. */
export async function settleEarlier(engine: Engine, run: Run): Promise<Earlier> {
  const done = new Set<OperationId>();
  const open = new Map<OperationId, OpenWork>();
  for (;;) {
    const catalog = await engine.repositories.catalog.load();
    const works = catalog.unsettled.filter(({ operation }) => !open.has(operation.id));
    if (works.length === 0) return { catalog, open: [...open.values()] };
    if (works.some(({ operation }) => done.has(operation.id))) {
      const promise = 'It removes ranges that are done, and work that has no ranges left.';
      throw new SmartEnrolmentsError('contract_broken', { method: 'catalog.settled', promise });
    }
    const due: Unsettled[] = [];
    for (const work of works) {
      const waiting = engine.backoff.delayed(work.operation.id);
      if (waiting) open.set(work.operation.id, { work, error: waiting.error });
      else due.push(work);
    }
    for (const one of await settleEach(engine, run, catalog, due, undefined)) open.set(one.work.operation.id, one);
    for (const { operation } of due) if (!open.has(operation.id)) done.add(operation.id);
  }
}

/** Settles each of these works even if another fails, and returns those that failed. What exceeds the limits fails before the first write. */
export async function settleEach(
  engine: Engine,
  run: Run,
  catalog: Catalog,
  works: readonly Unsettled[],
  confirm: Fingerprint | undefined,
): Promise<readonly OpenWork[]> {
  if (works.length === 0) return [];
  const failed: OpenWork[] = [];
  const fail = (work: Unsettled, error: unknown): void => {
    run.checkpoint();
    engine.backoff.failed(work.operation.id, error);
    failed.push({ work, error });
  };
  let bounds: Ceilings;
  try {
    bounds = await ceilings(engine, run, catalog, works, confirm);
  } catch (error) {
    const isAll = works.length === 1 || isSmartEnrolmentsError(error, 'removal_limit');
    for (const work of works) {
      // If the dry run of several works fails, each is checked on its own.
      if (isAll) fail(work, error);
      else failed.push(...(await settleEach(engine, run, catalog, [work], confirm)));
    }
    return failed;
  }
  const meter = new Meter('settle', bounds);
  for (const work of works) {
    try {
      await settleWork(engine, run, meter, work);
      engine.backoff.done(work.operation.id);
    } catch (error) {
      fail(work, error);
    }
  }
  return failed;
}

/** Throws if the edit shares courses with open work. Work that a limit stopped does not count: it is settled under the newer catalog. */
export function checkCourses(courses: readonly string[], open: readonly OpenWork[]): void {
  const wanted = new Set(courses);
  for (const { work, error } of open) {
    if (isSmartEnrolmentsError(error, 'removal_limit')) continue;
    const shared = work.courses.filter((id) => wanted.has(id));
    if (shared.length === 0) continue;
    const operation = work.operation.id;
    throw new SmartEnrolmentsError('work_outstanding', { operation, courses: shared }, { cause: error });
  }
}

async function ceilings(
  engine: Engine,
  { options }: Run,
  catalog: Catalog,
  works: readonly Unsettled[],
  confirm: Confirm['confirm'],
): Promise<Ceilings> {
  if (!areLimiting(engine.limits, 'settle')) return UNLIMITED;
  const matcher = engine.matcher(catalog);
  const work = together(works);
  const groups = affectedLearners(engine.repositories, matcher, work, engine.batchSize, options.signal);
  const subject = ['settle', work.links, work.courses, catalog.revision];
  const found = await check(engine, Run.checking(options), matcher, groups, work, subject);
  return ceilingsFor(engine.limits, 'settle', found, confirm);
}

/** Merges several pieces of work into one that starts from the beginning, so that a learner affected by several pieces counts once. */
function together(pieces: readonly Unsettled[]): Work {
  return {
    links: [...new Set(pieces.flatMap(({ links }) => links))].sort(compareIds),
    courses: [...new Set(pieces.flatMap(({ courses }) => courses))].sort(compareIds),
    ranges: WHOLE,
  };
}
