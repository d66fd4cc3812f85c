import { isSmartEnrolmentsError, SmartEnrolmentsError } from '../errors.js';
import type { Catalog, Unsettled } from '../model/catalog.js';
import type { Fingerprint, OperationId } from '../model/ids.js';
import type { Confirm } from '../model/options.js';
import { compareIds } from '../model/order.js';
import { check } from './check.js';
import type { Engine } from './engine.js';
import { areLimiting, type Ceilings, ceilingsFor, Meter, UNLIMITED } from './limits.js';
import { Run } from './run.js';
import { settleWork } from './settle.js';
import { concerned, WHOLE, type Work } from './walk.js';

/** Work of earlier edits that could not be settled, and why. */
export interface OpenWork {
  readonly work: Unsettled;
  readonly error: unknown;
}

/** What is left after earlier work was tried. */
export interface Earlier {
  /** The catalog with nothing outstanding but the open work. */
  readonly catalog: Catalog;
  readonly open: readonly OpenWork[];
}

/** Tries to settle each piece of work that earlier edits left, but for work that failed a short time ago. */
export async function settleEarlier(engine: Engine, run: Run): Promise<Earlier> {
  const done = new Set<OperationId>();
  const open = new Map<OperationId, OpenWork>();
  for (;;) {
    const catalog = await engine.repositories.catalog.load();
    const works = catalog.unsettled.filter(({ operation }) => !open.has(operation.id));
    if (works.length === 0) return { catalog, open: [...open.values()] };
    if (works.some(({ operation }) => done.has(operation.id))) {
      const promise = 'Work that is done is no longer outstanding.';
      throw new SmartEnrolmentsError('contract_broken', { method: 'catalog.settled', promise });
    }
    const due: Unsettled[] = [];
    for (const work of works) {
      const waiting = engine.backoff.waits(work.operation.id);
      if (waiting) open.set(work.operation.id, { work, error: waiting.error });
      else due.push(work);
    }
    for (const one of await settleEach(engine, run, catalog, due, undefined)) open.set(one.work.operation.id, one);
    for (const { operation } of due) if (!open.has(operation.id)) done.add(operation.id);
  }
}

/** Settles these works, each even if another fails, and returns those that failed; refuses before the first write what the limits do not allow. */
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
      // Where one of several works cannot be judged, each is judged by itself.
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

/** Throws if the edit's courses are also those of open work; work that a limit stopped is settled under the newer catalog. */
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
  const groups = concerned(engine.repositories, matcher, work, engine.batchSize, options.signal);
  const subject = ['settle', work.links, work.courses, catalog.revision];
  const found = await check(engine, Run.checking(options), matcher, groups, work, subject);
  return ceilingsFor(engine.limits, 'settle', found, confirm);
}

/** Several pieces of work as one from its beginning, so that no learner whom two pieces affect is counted twice. */
function together(pieces: readonly Unsettled[]): Work {
  return {
    links: [...new Set(pieces.flatMap(({ links }) => links))].sort(compareIds),
    courses: [...new Set(pieces.flatMap(({ courses }) => courses))].sort(compareIds),
    ranges: WHOLE,
  };
}
