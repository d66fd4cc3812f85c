import { compareIds } from '../../collections/order.js';
import type { Outcome, Preview } from '../../model/diff.js';
import type { LearnerId } from '../../model/ids.js';
import type { Learner, UnreadableLearner } from '../../model/learner.js';
import type { By, Confirm, ReconcileScope, RunOptions, WhatIf } from '../../model/options.js';
import { type Coverage, frozenLinks } from '../batches/evaluate.js';
import { allLearners, type Batch, named } from '../batches/walk.js';
import type { Engine } from '../engine.js';
import { exceededLimits, type LimitsOfOneBatch, type Removals } from '../limits/removal-limits.js';
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
  const checked: Checked = { batches, coverage: {}, subject: [sorted] };
  if (running.isLimited) {
    const isOneBatch = sorted.length > 0 && sorted.length <= engine.batchSize;
    running.limitTo(isOneBatch ? limitsUnderLock(running, checked, sorted.length) : await allowed(running, checked));
  }
  await settle(running, origin, { batches: batches(), coverage: {} });
  const { unknown } = running;
  return conclude(running, origin, {}, { ...(unknown.length > 0 && { unknown }) });
}

/**
 * Evaluates all learners in the scope, under their locks. Without locks, a batch could find nothing to do while a notice that read older
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
  if (running.isLimited) {
    const subject = [after ?? null, upTo ?? null, courses ? uniqueInOrder(courses) : null];
    running.limitTo(await allowed(running, { batches: () => batches('learners'), coverage, subject }));
  }
  await settle(running, origin, {
    batches: batches('ids'),
    coverage,
    reached({ after: done }) {
      if (done !== undefined) running.doneUpTo(done);
    },
  });
  return conclude(running, origin, coverage);
}

/** Returns what a notice of these learners would do once they are stored or deleted as given. */
export async function previewLearners(
  engine: Engine,
  { learners, deleted }: Required<WhatIf>,
  options: RunOptions,
): Promise<Preview> {
  const { repositories, batchSize, limits } = engine;
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
  return { fingerprint, summary, exceeds: exceededLimits(limits, 'learnersChanged', result) };
}

/** What the dry run of an operation evaluates. */
interface Checked {
  readonly batches: () => AsyncIterable<Batch>;
  readonly coverage: Coverage;
  /** What the fingerprint covers in addition to the operation's name, the revision and the diffs. */
  readonly subject: readonly unknown[];
}

/** Returns what the operation may remove, computed with a dry run. */
async function allowed(running: RunningOperation, { batches, coverage, subject }: Checked): Promise<Removals> {
  const catalog = await running.engine.repositories.catalog.load();
  const covered = [running.name, catalog.revision, ...subject];
  return running.allowedAfter(await dryRun(running.dryRun(), catalog, batches(), coverage, covered));
}

/** Returns the same for a notice of one batch, computed under the batch's locks (semantics §6). */
function limitsUnderLock(running: RunningOperation, checked: Checked, learners: number): LimitsOfOneBatch {
  return {
    learners,
    whole(evaluation, revision) {
      const covered = [running.name, revision, ...checked.subject];
      return running.allowedAfter(dryRunResultOf(evaluation, covered));
    },
    parts: () => allowed(running, checked),
  };
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
