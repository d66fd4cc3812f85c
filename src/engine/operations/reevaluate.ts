import { compareIds } from '../../collections/order.js';
import type { Catalog } from '../../model/catalog.js';
import type { Outcome, Preview } from '../../model/diff.js';
import type { LearnerId } from '../../model/ids.js';
import type { Learner, UnreadableLearner } from '../../model/learner.js';
import type { By, Confirm, ReconcileScope, RunOptions, WhatIf } from '../../model/options.js';
import { type Coverage, frozenLinks } from '../batches/evaluate.js';
import { allLearners, type Batch, named } from '../batches/walk.js';
import type { Engine } from '../engine.js';
import type { DryRunResult } from '../limits/removal-limits.js';
import { dryRun, dryRunResultOf } from './dry-run.js';
import { OwnOrigin } from './origin.js';
import { RunningOperation } from './running-operation.js';
import { settle } from './settle.js';

/** Evaluates the learners that a notice names, on every course. */
export async function learnersChanged(
  engine: Engine,
  ids: readonly LearnerId[],
  options: RunOptions & Confirm & By,
): Promise<Outcome> {
  const running = new RunningOperation(engine, 'learnersChanged', 'write', options);
  const origin = new OwnOrigin(engine, 'notice', options);
  const sorted = uniqueInOrder(ids);
  const batches = () => named(ids, engine.batchSize);
  // Several batches are locked in several steps.
  const catalog =
    sorted.length > engine.batchSize ? await engine.repositories.catalog.load({ exclusive: true }) : undefined;
  const dryRunFirst = () => dryRunOfLearners(running, batches(), {}, [sorted], catalog);
  if (running.limits.isActive) {
    if (sorted.length === 0 || sorted.length > engine.batchSize) running.limits.allow(await dryRunFirst());
    else
      running.limits.allowUnderLock({
        learners: sorted.length,
        whole: (evaluation, revision) => dryRunResultOf(evaluation, [running.name, revision, sorted]),
        parts: dryRunFirst,
      });
  }
  await settle(running, origin, {}, batches());
  const { unknown } = running;
  return conclude(running, origin, {}, { ...(unknown.length > 0 && { unknown }) });
}

/**
 * Evaluates all learners in the range, under their locks. Without locks, a batch could find nothing to do while a notice that read older
 * facts is about to write their consequences.
 */
export async function reconcile(engine: Engine, options: RunOptions & Confirm & By & ReconcileScope): Promise<Outcome> {
  const { after, upTo, courses } = options;
  const running = new RunningOperation(engine, 'reconcile', 'write', options);
  const origin = new OwnOrigin(engine, 'reconcile', options);
  const coverage = { courses };
  // With an empty list of courses there is nothing to evaluate.
  const batches = (yields: 'ids' | 'learners') =>
    courses?.length === 0 ? named([], 1) : allLearners(engine.repositories, { after, upTo }, engine.batchSize, yields);
  const catalog = await engine.repositories.catalog.load({ exclusive: true });
  if (running.limits.isActive) {
    const subject = [after ?? null, upTo ?? null, courses ? uniqueInOrder(courses) : null];
    running.limits.allow(await dryRunOfLearners(running, batches('learners'), coverage, subject, catalog));
  }
  await settle(running, origin, coverage, batches('ids'), ({ after: done }) => {
    if (done !== undefined) running.doneUpTo(done);
  });
  return conclude(running, origin, coverage);
}

/** Returns what a notice of these learners would do once they are stored or deleted as given. */
export async function previewLearners(
  engine: Engine,
  { learners, deleted }: Required<WhatIf>,
  options: RunOptions,
): Promise<Preview> {
  const { repositories, batchSize } = engine;
  const running = new RunningOperation(engine, 'learnersChanged', 'check', options);
  const catalog = await repositories.catalog.load();
  const stored: (Learner | UnreadableLearner)[] = [];
  for (let from = 0; from < learners.length; from += batchSize) {
    running.checkpoint();
    const some = learners.slice(from, from + batchSize);
    stored.push(...((await repositories.learners.asStored?.(some)) ?? some));
  }
  // The store returns no deleted learner.
  const given: readonly { readonly id: LearnerId; readonly learner?: Learner | UnreadableLearner }[] = [
    ...stored.map((learner) => ({ id: learner.id, learner })),
    ...deleted.map((id) => ({ id })),
  ];
  async function* batches(): AsyncGenerator<Batch> {
    for (let from = 0; from < given.length; from += batchSize) {
      const some = given.slice(from, from + batchSize);
      yield {
        ids: [...new Set(some.map(({ id }) => id))],
        learners: some.flatMap(({ learner }) => learner ?? []),
      };
    }
  }
  const subject = ['learnersChanged', catalog.revision, uniqueInOrder(given.map(({ id }) => id))];
  const result = await dryRun(running, catalog, batches(), {}, subject);
  const { summary, fingerprint } = result;
  return { fingerprint, summary, exceeds: running.limits.exceededBy(result) };
}

/** Makes the dry run that precedes writing. `subject`: what its fingerprint covers besides the operation, the revision and the diffs. */
async function dryRunOfLearners(
  running: RunningOperation,
  batches: AsyncIterable<Batch>,
  coverage: Coverage,
  subject: readonly unknown[],
  loaded?: Catalog,
): Promise<DryRunResult> {
  const catalog = loaded ?? (await running.engine.repositories.catalog.load());
  return dryRun(running.dryRun(), catalog, batches, coverage, [running.name, catalog.revision, ...subject]);
}

/** Returns each id once, in order: an operation does not depend on the order in which ids are given. */
function uniqueInOrder(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort(compareIds);
}

/** Returns the outcome. Frozen links are reported even if no learner was evaluated. */
async function conclude(
  running: RunningOperation,
  { started }: OwnOrigin,
  coverage: Coverage,
  more?: Pick<Outcome, 'unknown'>,
): Promise<Outcome> {
  const { engine, tally } = running;
  if (!running.catalog) {
    running.catalog = await engine.repositories.catalog.load();
    tally.block(frozenLinks(engine.matcher(running.catalog), coverage));
  }
  const { revision, unsettled } = running.catalog;
  const outstanding = engine.backoff.among(unsettled);
  const operation = running.hasChanged && started && { operation: started.id };
  return running.conclude({ revision, summary: tally.summary(), ...operation, outstanding, ...more });
}
