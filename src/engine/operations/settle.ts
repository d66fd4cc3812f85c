import { SmartEnrolmentsError } from '../../errors/smart-enrolments-error.js';
import type { Catalog, Unsettled, UnsettledRange } from '../../model/catalog.js';
import type { Repositories } from '../../repositories/repositories.js';
import {
  type BatchEvaluation,
  type Coverage,
  evaluateStates,
  frozenLinks,
  readStates,
  statesOfPass,
} from '../batches/evaluate.js';
import { affectedLearners, type Batch } from '../batches/walk.js';
import { evaluateBatches } from './evaluate-batches.js';
import { contextOf, EditOrigin, type Origin } from './origin.js';
import type { RunningOperation } from './running-operation.js';

/**
 * Settles the learners of a walk, and sets aside those who fail alone. `reached` is called once every learner up to the end of a batch is
 * settled.
 */
export async function settle(
  running: RunningOperation,
  origin: Origin,
  coverage: Coverage,
  batches: AsyncIterable<Batch>,
  reached?: (batch: Batch) => Promise<void> | void,
): Promise<void> {
  const failed = await evaluateBatches(running, {
    batches,
    evaluate: (batch) => settleBatch(running, origin, coverage, batch),
    record(_, { catalog }) {
      running.catalog = catalog;
    },
    reached,
  });
  running.setAside(failed);
}

/** Locks learners, reads the catalog and their facts again under the locks, and writes the differences. */
function settleBatch(
  { engine, limits }: RunningOperation,
  origin: Origin,
  coverage: Coverage,
  batch: Batch,
): Promise<BatchEvaluation & { readonly catalog: Catalog }> {
  const { ids } = batch;
  return limits.measure(ids, (admit) =>
    engine.repositories.transaction(ids, async (inside) => {
      const catalog = await loadCatalog(inside, origin.minRevision);
      // Once another process has settled the work, what differs belongs to later edits.
      const some = origin.isSettled?.(catalog) ? [] : ids;
      const states = await readStates(inside, { ids: some }, coverage);
      const matcher = engine.matcher(catalog);
      const evaluation = evaluateStates(matcher, states, coverage, statesOfPass(batch, states, coverage));
      admit(evaluation, catalog.revision);
      const { diffs } = evaluation;
      if (diffs.length > 0)
        await inside.enrolments.write(diffs, contextOf(origin, catalog.revision, matcher, diffs, engine.instant()));
      return { ...evaluation, catalog };
    }),
  );
}

/** Loads the catalog. Rejects one that is older than the edit being settled, because it would undo the edit. */
async function loadCatalog({ catalog }: Repositories, minRevision = 0): Promise<Catalog> {
  const loaded = await catalog.load();
  if (loaded.revision >= minRevision) return loaded;
  const promise = `It returns the committed catalog: revision ${minRevision}, not ${loaded.revision}.`;
  throw new SmartEnrolmentsError('contract_broken', { method: 'catalog.load', promise });
}

/** Settles the work that the commit of an edit left, starting where it stopped, and records progress after every batch. */
export async function settleWork(running: RunningOperation, work: Unsettled): Promise<void> {
  const { engine, options, tally } = running;
  const { repositories, batchSize } = engine;
  const { catalog } = repositories;
  const operation = work.operation.id;
  const origin = new EditOrigin(work);
  const matcher = engine.matcher(await loadCatalog(repositories, origin.minRevision));
  tally.block(frozenLinks(matcher, work));
  const batches = affectedLearners(repositories, matcher, work, batchSize, options.signal);
  const left = new Set<UnsettledRange>(work.ranges);
  const walk = until(batches, () => origin.isOver);
  await settle(running, origin, work, walk, async ({ range, after, isLast = false }) => {
    if (isLast) left.delete(range!);
    await catalog.settled({ operation, range: isLast ? range! : { ...range!, after: after! }, done: isLast });
  });
  // Learners who were set aside do not keep the work open (semantics §6).
  for (const range of left) await catalog.settled({ operation, range, done: true });
}

/** Ends a walk early. */
async function* until(batches: AsyncIterable<Batch>, isOver: () => boolean): AsyncGenerator<Batch> {
  for await (const batch of batches) {
    if (isOver()) return;
    yield batch;
  }
}
