import { affected } from '../../catalog/affected.js';
import { changeOf } from '../../catalog/change.js';
import { evolve } from '../../catalog/evolve.js';
import { isSmartEnrolmentsError, SmartEnrolmentsError } from '../../errors/smart-enrolments-error.js';
import type { Catalog, Edit, Unsettled } from '../../model/catalog.js';
import type { Outcome, Plan } from '../../model/diff.js';
import type { By, Confirm, RunOptions } from '../../model/options.js';
import type { StoredPlan } from '../../validate/plan.js';
import { ALL_RANGES } from '../batches/walk.js';
import type { Engine } from '../engine.js';
import type { DryRunResult } from '../limits/removal-limits.js';
import { dryRunOfEdit } from './dry-run.js';
import { beginOperation } from './origin.js';
import { checkCourses, type Earlier, settleEarlier } from './outstanding.js';
import { RunningOperation } from './running-operation.js';
import { settleWork } from './settle.js';

/** How often edits are tried if other commits conflict with them. */
const ATTEMPTS = 5;

/** Returns what edits would do to the current catalog and to every affected learner. */
export async function preview(engine: Engine, edits: readonly Edit[], options: RunOptions): Promise<Plan> {
  const running = new RunningOperation(engine, 'apply', 'check', options);
  const before = await engine.repositories.catalog.load();
  const after = evolve(before, edits);
  const result = await dryRunOfEdit(running, after, affected(before, after), ['apply', before.revision, ...edits]);
  const { summary, fingerprint } = result;
  const exceeds = running.limits.exceededBy(result);
  return { format: 1, edits, revision: before.revision, fingerprint, summary, exceeds };
}

/** Applies edits, or a plan exactly as it was previewed: checks them, commits them together with the work they leave, and settles the work. */
export async function apply(
  engine: Engine,
  change: readonly Edit[] | StoredPlan,
  { confirm, ...options }: RunOptions & Confirm & By,
): Promise<Outcome> {
  const running = new RunningOperation(engine, 'apply', 'write', { ...options, confirm });
  const begin = beginOperation(engine, 'apply', options);
  // The work of earlier edits is neither counted nor confirmed with this edit.
  const settlingEarlier = new RunningOperation(engine, 'settle', 'write', options);
  for (let attempt = 1; ; attempt++) {
    running.checkpoint();
    const earlier = await settleEarlier(settlingEarlier);
    try {
      const work = await commit(running, earlier, change, begin);
      if (work) await settleWork(running, work);
      running.addSetAside(settlingEarlier);
      const outstanding = earlier.open.map(({ work: { operation }, error }) => ({ operation: operation.id, error }));
      const { revision } = work?.operation ?? earlier.catalog;
      const operation = work && { operation: work.operation.id };
      return running.conclude({ revision, summary: running.tally.summary(), ...operation, outstanding });
    } catch (error) {
      // A plan will be stale at the next attempt.
      if (!isSmartEnrolmentsError(error, 'catalog_conflict') || attempt === ATTEMPTS) throw error;
    }
  }
}

/** Commits the edits together with the work that they leave, and returns the work; undefined if they change nothing. */
async function commit(
  running: RunningOperation,
  { catalog: before, open }: Earlier,
  change: readonly Edit[] | StoredPlan,
  begin: ReturnType<typeof beginOperation>,
): Promise<Unsettled | undefined> {
  const plan = isPlan(change) ? change : undefined;
  const edits = isPlan(change) ? change.edits : change;
  if (plan && plan.revision !== before.revision) {
    throw new SmartEnrolmentsError('plan_stale', { changed: 'catalog', planned: plan.fingerprint });
  }
  const after = plan ? evolveAsPlanned(before, plan) : evolve(before, edits);
  const { links, courses } = affected(before, after);
  checkCourses(courses, open);
  if (plan || running.limits.isActive) {
    const subject = ['apply', before.revision, ...edits];
    const result = await dryRunOfEdit(running.dryRun(), after, { links, courses }, subject);
    if (plan) checkFresh(plan, result);
    running.limits.allow(result);
  }
  if (after === before) return undefined;
  const resolved = changeOf(before, after);
  const removed = new Set(resolved.deleteLinks);
  const work: Unsettled = {
    operation: begin(before.revision + 1),
    links,
    courses,
    removedLinks: before.links.filter(({ id }) => removed.has(id)),
    // An edit that affects no links leaves only the audience range.
    ranges: links.length > 0 ? ALL_RANGES : ALL_RANGES.slice(-1),
  };
  const { catalog } = running.engine.repositories;
  await catalog.commit(resolved, { expected: { revision: before.revision }, unsettled: work });
  return work;
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

function checkFresh({ fingerprint: planned }: StoredPlan, { fingerprint: found }: DryRunResult): void {
  if (planned !== found) throw new SmartEnrolmentsError('plan_stale', { changed: 'diff', planned, found });
}

function isPlan(change: readonly Edit[] | StoredPlan): change is StoredPlan {
  return 'edits' in change;
}
