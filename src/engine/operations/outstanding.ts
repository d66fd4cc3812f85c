import { compareIds } from '../../collections/order.js';
import { isSmartEnrolmentsError, SmartEnrolmentsError } from '../../errors/smart-enrolments-error.js';
import type { Catalog, Unsettled } from '../../model/catalog.js';
import type { Outcome } from '../../model/diff.js';
import type { OperationId } from '../../model/ids.js';
import type { Confirm, RunOptions } from '../../model/options.js';
import type { Engine } from '../engine.js';
import type { DryRunResult } from '../limits/removal-limits.js';
import { dryRunOfEdit } from './dry-run.js';
import { RunningOperation } from './running-operation.js';
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
export async function settleEarlier(running: RunningOperation): Promise<Earlier> {
  const { engine } = running;
  const done = new Set<OperationId>();
  const open = new Map<OperationId, OpenWork>();
  for (;;) {
    const catalog = await engine.repositories.catalog.load({ exclusive: true });
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
    for (const one of await settleEach(running, catalog, due)) open.set(one.work.operation.id, one);
    for (const { operation } of due) if (!open.has(operation.id)) done.add(operation.id);
  }
}

/** Settles each of these works even if another fails, and returns those that failed. What exceeds the limits fails before the first write. */
async function settleEach(
  running: RunningOperation,
  catalog: Catalog,
  works: readonly Unsettled[],
): Promise<readonly OpenWork[]> {
  const { backoff } = running.engine;
  if (works.length === 0) return [];
  const failed: OpenWork[] = [];
  const fail = (work: Unsettled, error: unknown): void => {
    running.checkpoint();
    backoff.failed(work.operation.id, error);
    failed.push({ work, error });
  };
  try {
    if (running.limits.isActive) running.limits.allow(await dryRunOfWorks(running, catalog, works));
  } catch (error) {
    const isAll = works.length === 1 || isSmartEnrolmentsError(error, 'removal_limit');
    for (const work of works) {
      // If the dry run of several works fails, each is checked on its own.
      if (isAll) fail(work, error);
      else failed.push(...(await settleEach(running, catalog, [work])));
    }
    return failed;
  }
  for (const work of works) {
    try {
      await settleWork(running, work);
      backoff.done(work.operation.id);
    } catch (error) {
      fail(work, error);
    }
  }
  return failed;
}

/** Finishes all work that earlier edits left. */
export async function settleAll(engine: Engine, options: RunOptions & Confirm): Promise<Outcome> {
  const running = new RunningOperation(engine, 'settle', 'write', options);
  running.checkpoint();
  const catalog = await engine.repositories.catalog.load({ exclusive: true });
  const [failed] = await settleEach(running, catalog, catalog.unsettled);
  if (failed) throw failed.error;
  return running.conclude({ revision: catalog.revision, summary: running.tally.summary(), outstanding: [] });
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

/** Checks several works from their beginning, as one: a learner affected by several of them counts once. */
function dryRunOfWorks(
  running: RunningOperation,
  catalog: Catalog,
  works: readonly Unsettled[],
): Promise<DryRunResult> {
  const links = [...new Set(works.flatMap((work) => work.links))].sort(compareIds);
  const courses = [...new Set(works.flatMap((work) => work.courses))].sort(compareIds);
  return dryRunOfEdit(running.dryRun(), catalog, { links, courses }, ['settle', links, courses, catalog.revision]);
}
