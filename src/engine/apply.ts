import { affected } from '../catalog/affected.js';
import { changeOf } from '../catalog/change.js';
import { evolve } from '../catalog/evolve.js';
import { isSmartEnrolmentsError, SmartEnrolmentsError } from '../errors.js';
import type { Catalog, Edit, UnsettledWork } from '../model/catalog.js';
import type { Outcome, Plan } from '../model/diff.js';
import type { Confirm, RunOptions } from '../model/options.js';
import { check } from './check.js';
import type { Engine } from './engine.js';
import { areLimiting, type Ceilings, ceilingsFor, type Found, Meter, UNLIMITED } from './limits.js';
import { settleOutstanding } from './outstanding.js';
import { Run } from './run.js';
import { settleWork } from './settle.js';
import { concerned } from './walk.js';

/** How often plain edits are tried while others commit in between. */
const ATTEMPTS = 5;

/** Says what edits would do to this catalog and everyone they concern. */
export async function preview(engine: Engine, run: Run, edits: readonly Edit[]): Promise<Plan> {
  const catalog = await engine.repositories.catalog.load();
  const { summary, fingerprint } = await dryRun(engine, run, catalog, evolve(catalog, edits), edits);
  return { edits, revision: catalog.revision, fingerprint, summary };
}

/** Applies edits, or a plan exactly as it was previewed: check, commit together with the work that leaves, settle it. */
export async function apply(
  engine: Engine,
  change: readonly Edit[] | Plan,
  options: RunOptions & Confirm,
): Promise<Outcome> {
  const run = new Run('write', options);
  for (let attempt = 1; ; attempt++) {
    run.checkpoint();
    const before = await nothingOutstanding(engine, options);
    try {
      const { work, meter } = await commit(engine, before, change, options);
      if (!work) return { revision: before.revision, summary: run.tally.summary(), outstanding: [] };
      await settleWork(engine, run, meter, work);
      return { revision: work.revision, summary: run.tally.summary(), outstanding: [] };
    } catch (error) {
      // A plan finds itself stale at the next attempt.
      if (!isSmartEnrolmentsError(error, 'catalog_conflict') || attempt === ATTEMPTS) throw error;
    }
  }
}

/**
 * Settles until nothing is outstanding, and answers that very catalog: what an edit of somebody else left could not be told
 * any more from what the next one means.
 */
async function nothingOutstanding(engine: Engine, options: RunOptions): Promise<Catalog> {
  const done = new Set<number>();
  for (;;) {
    const catalog = await engine.repositories.catalog.load();
    if (catalog.unsettled.length === 0) return catalog;
    if (catalog.unsettled.some(({ revision }) => done.has(revision))) {
      const promise = 'What is done is no longer outstanding.';
      throw new SmartEnrolmentsError('contract_broken', { method: 'catalog.settled', promise });
    }
    await settleOutstanding(engine, new Run('write', options), catalog, undefined);
    for (const { revision } of catalog.unsettled) done.add(revision);
  }
}

interface Committed {
  /** None where the edits change nothing. */
  readonly work?: UnsettledWork;
  readonly meter: Meter;
}

async function commit(
  engine: Engine,
  before: Catalog,
  change: readonly Edit[] | Plan,
  options: RunOptions & Confirm,
): Promise<Committed> {
  const edits = isPlan(change) ? change.edits : change;
  if (isPlan(change) && change.revision !== before.revision) {
    throw new SmartEnrolmentsError('plan_stale', { changed: 'catalog', planned: change.fingerprint });
  }
  const after = evolve(before, edits);
  let ceilings: Ceilings = UNLIMITED;
  if (isPlan(change) || areLimiting(engine.limits, 'apply')) {
    const found = await dryRun(engine, Run.checking(options), before, after, edits);
    if (isPlan(change)) checkFresh(change, found);
    ceilings = ceilingsFor(engine.limits, 'apply', found, options.confirm);
  }
  const meter = new Meter('apply', ceilings);
  if (after === before) return { meter };
  const unsettled = { ...affected(before, after), pass: 'holders' } as const;
  const expected = before.revision;
  const revision = await engine.repositories.catalog.commit(changeOf(before, after), { expected, unsettled });
  return { work: { ...unsettled, revision }, meter };
}

function dryRun(engine: Engine, run: Run, before: Catalog, after: Catalog, edits: readonly Edit[]): Promise<Found> {
  const matcher = engine.matcher(after);
  const scope = affected(before, after);
  const groups = concerned(engine.repositories, matcher, { ...scope, pass: 'holders' }, engine.batchSize);
  return check(engine, run, matcher, groups, scope, ['apply', ...edits]);
}

function checkFresh({ fingerprint: planned }: Plan, { fingerprint: found }: Found): void {
  if (planned !== found) throw new SmartEnrolmentsError('plan_stale', { changed: 'diff', planned, found });
}

function isPlan(change: readonly Edit[] | Plan): change is Plan {
  return 'edits' in change;
}
