import { type Affected, affected } from '../../catalog/affected.js';
import { changeOf } from '../../catalog/change.js';
import { evolve } from '../../catalog/evolve.js';
import { isSmartEnrolmentsError, SmartEnrolmentsError } from '../../errors/smart-enrolments-error.js';
import type { Catalog, Edit, Unsettled } from '../../model/catalog.js';
import type { Outcome, Plan } from '../../model/diff.js';
import type { By, Confirm, RunOptions } from '../../model/options.js';
import type { StoredPlan } from '../../validate/plan.js';
import { affectedLearners, WHOLE } from '../batches/walk.js';
import type { Engine } from '../engine.js';
import { areLimiting, type Ceilings, ceilingsFor, exceededIn, type Found, Meter, UNLIMITED } from '../limits/limits.js';
import { Run } from '../run.js';
import { check } from './check.js';
import { beginOperation } from './operation.js';
import { checkCourses, type Earlier, settleEarlier } from './outstanding.js';
import { settleWork } from './settle.js';

/** How often edits are tried if other commits conflict with them. */
const ATTEMPTS = 5;

/** Returns what edits would do to the current catalog and to every affected learner. */
export async function preview(engine: Engine, run: Run, edits: readonly Edit[]): Promise<Plan> {
  const catalog = await engine.repositories.catalog.load();
  const after = evolve(catalog, edits);
  const found = await dryRun(engine, run, { before: catalog, after, scope: affected(catalog, after) }, edits);
  const { summary, fingerprint } = found;
  const exceeds = exceededIn(engine.limits, 'apply', found);
  return { format: 1, edits, revision: catalog.revision, fingerprint, summary, exceeds };
}

/** Applies edits, or a plan exactly as it was previewed: checks them, commits them together with the work they leave, and settles the work. */
export async function apply(
  engine: Engine,
  change: readonly Edit[] | StoredPlan,
  options: RunOptions & Confirm & By,
): Promise<Outcome> {
  const run = new Run('write', options);
  const begin = beginOperation(engine, 'apply', options);
  // The work of earlier edits is not counted as part of this edit.
  const earlierRun = new Run('write', options);
  for (let attempt = 1; ; attempt++) {
    run.checkpoint();
    const earlier = await settleEarlier(engine, earlierRun);
    try {
      const { work, meter } = await commit(engine, earlier, change, options, begin);
      if (work) await settleWork(engine, run, meter, work);
      run.addSetAside(earlierRun);
      const outstanding = earlier.open.map(({ work: { operation }, error }) => ({ operation: operation.id, error }));
      const { revision } = work?.operation ?? earlier.catalog;
      const operation = work && { operation: work.operation.id };
      return run.conclude({ revision, summary: run.tally.summary(), ...operation, outstanding });
    } catch (error) {
      // A plan will be stale at the next attempt.
      if (!isSmartEnrolmentsError(error, 'catalog_conflict') || attempt === ATTEMPTS) throw error;
    }
  }
}

interface Committed {
  /** Absent if the edits change nothing. */
  readonly work?: Unsettled;
  readonly meter: Meter;
}

async function commit(
  engine: Engine,
  { catalog: before, open }: Earlier,
  change: readonly Edit[] | StoredPlan,
  options: RunOptions & Confirm,
  begin: ReturnType<typeof beginOperation>,
): Promise<Committed> {
  const edits = isPlan(change) ? change.edits : change;
  if (isPlan(change) && change.revision !== before.revision) {
    throw new SmartEnrolmentsError('plan_stale', { changed: 'catalog', planned: change.fingerprint });
  }
  const after = isPlan(change) ? evolveAsPlanned(before, change) : evolve(before, edits);
  const scope = affected(before, after);
  checkCourses(scope.courses, open);
  let ceilings: Ceilings = UNLIMITED;
  if (isPlan(change) || areLimiting(engine.limits, 'apply')) {
    const found = await dryRun(engine, Run.checking(options), { before, after, scope }, edits);
    if (isPlan(change)) checkFresh(change, found);
    ceilings = ceilingsFor(engine.limits, 'apply', found, options.confirm);
  }
  const meter = new Meter('apply', ceilings);
  if (after === before) return { meter };
  const resolved = changeOf(before, after);
  const removed = new Set(resolved.deleteLinks);
  const work: Unsettled = {
    operation: begin(before.revision + 1),
    ...scope,
    removedLinks: before.links.filter(({ id }) => removed.has(id)),
    // The least that an edit without links can leave.
    ranges: scope.links.length > 0 ? WHOLE : WHOLE.slice(-1),
  };
  await engine.repositories.catalog.commit(resolved, { expected: { revision: before.revision }, unsettled: work });
  return { work, meter };
}

/** A catalog before and after edits, and what they affect. */
interface Evolved {
  readonly before: Catalog;
  readonly after: Catalog;
  readonly scope: Affected;
}

function dryRun(engine: Engine, run: Run, { before, after, scope }: Evolved, edits: readonly Edit[]): Promise<Found> {
  const matcher = engine.matcher(after);
  const { signal } = run.options;
  const groups = affectedLearners(engine.repositories, matcher, { ...scope, ranges: WHOLE }, engine.batchSize, signal);
  return check(engine, run, matcher, groups, scope, ['apply', before.revision, ...edits]);
}

/** Evolves the catalog. If rules of the plan are no longer valid, the plan is stale, because they were valid when it was previewed. */
function evolveAsPlanned(before: Catalog, { edits, fingerprint: planned }: StoredPlan): Catalog {
  try {
    return evolve(before, edits);
  } catch (cause) {
    if (!isSmartEnrolmentsError(cause, 'invalid_input')) throw cause;
    throw new SmartEnrolmentsError('plan_stale', { changed: 'diff', planned }, { cause });
  }
}

function checkFresh({ fingerprint: planned }: StoredPlan, { fingerprint: found }: Found): void {
  if (planned !== found) throw new SmartEnrolmentsError('plan_stale', { changed: 'diff', planned, found });
}

function isPlan(change: readonly Edit[] | StoredPlan): change is StoredPlan {
  return 'edits' in change;
}
