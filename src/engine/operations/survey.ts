import { compareIds } from '../../collections/order.js';
import type { Outcome, Preview } from '../../model/diff.js';
import type { CourseId, LearnerId } from '../../model/ids.js';
import type { Learner, UnreadableLearner } from '../../model/learner.js';
import type { By, Confirm, ReconcileScope, RunOptions, WhatIf } from '../../model/options.js';
import { evaluate } from '../batches/look.js';
import { allLearners, type Group, named } from '../batches/walk.js';
import type { Engine } from '../engine.js';
import {
  areLimiting,
  type BatchCeilings,
  type Ceilings,
  ceilingsFor,
  exceededIn,
  type LimitedOperation,
  Meter,
  UNLIMITED,
} from '../limits/limits.js';
import { Run } from '../run.js';
import { check, foundIn } from './check.js';
import { OwnOperation } from './operation.js';
import { settleGroups } from './settle.js';

/** Evaluates the learners that a notice names, on every course. */
export async function learnersChanged(
  engine: Engine,
  ids: readonly LearnerId[],
  options: RunOptions & Confirm & By,
): Promise<Outcome> {
  const run = new Run('write', options);
  const cause = new OwnOperation(engine, 'notice', options);
  const sorted = uniqueInOrder(ids);
  const survey: Survey = {
    operation: 'learnersChanged',
    groups: () => named(ids, engine.batchSize),
    subject: [sorted],
    ...{ run, courses: undefined },
  };
  const isOneBatch = sorted.length > 0 && sorted.length <= engine.batchSize;
  const bounds = isOneBatch ? batchCeilings(engine, survey, sorted.length) : await ceilings(engine, survey);
  run.checkpoint();
  const settling = { run, meter: new Meter('learnersChanged', bounds), cause, scope: {} };
  await settleGroups(engine, settling, survey.groups(), () => run.reportProgress());
  const { unknown } = run;
  return conclude(engine, run, cause, { ...(unknown.length > 0 && { unknown }) });
}

/**
 * Evaluates all learners in the scope, under their locks. Without locks, a batch could find nothing to do while a notice that read older
 * facts is about to write their consequences.
 */
export async function reconcile(engine: Engine, options: RunOptions & Confirm & By & ReconcileScope): Promise<Outcome> {
  const { after, upTo, courses } = options;
  const run = new Run('write', options);
  const cause = new OwnOperation(engine, 'reconcile', options);
  // With an empty list of courses there is nothing to evaluate.
  const groups = (found: 'ids' | 'learners') =>
    courses?.length === 0 ? named([], 1) : allLearners(engine.repositories, { after, upTo }, engine.batchSize, found);
  const bounds = await ceilings(engine, {
    operation: 'reconcile',
    groups: () => groups('learners'),
    subject: [after ?? null, upTo ?? null, courses ? uniqueInOrder(courses) : null],
    ...{ run, courses },
  });
  run.checkpoint();
  const settling = { run, meter: new Meter('reconcile', bounds), cause, scope: { courses } };
  await settleGroups(engine, settling, groups('ids'), ({ after: done }, isSafe) =>
    run.reportProgress(isSafe ? done : undefined),
  );
  return conclude(engine, run, cause, {}, courses);
}

/** Returns what a notice of these learners would do once they are stored or deleted as given. */
export async function previewLearners(
  engine: Engine,
  run: Run,
  { learners, deleted }: Required<WhatIf>,
): Promise<Preview> {
  const { repositories } = engine;
  const catalog = await repositories.catalog.load();
  const stored: (Learner | UnreadableLearner)[] = [];
  for (let from = 0; from < learners.length; from += engine.batchSize) {
    run.checkpoint();
    const some = learners.slice(from, from + engine.batchSize);
    stored.push(...((await repositories.learners.asStored?.(some)) ?? some));
  }
  // The store returns no deleted learner.
  const given: readonly { readonly id: LearnerId; readonly learner?: Learner | UnreadableLearner }[] = [
    ...stored.map((learner) => ({ id: learner.id, learner })),
    ...deleted.map((id) => ({ id })),
  ];
  async function* groups(): AsyncGenerator<Group> {
    for (let from = 0; from < given.length; from += engine.batchSize) {
      const some = given.slice(from, from + engine.batchSize);
      yield {
        ids: [...new Set(some.map(({ id }) => id))],
        learners: some.flatMap(({ learner }) => learner ?? []),
      };
    }
  }
  const covered = ['learnersChanged', catalog.revision, uniqueInOrder(given.map(({ id }) => id))];
  const found = await check(engine, run, engine.matcher(catalog), groups(), {}, covered);
  const { summary, fingerprint } = found;
  return { fingerprint, summary, exceeds: exceededIn(engine.limits, 'learnersChanged', found) };
}

/** Which learners an operation evaluates, and for which courses. */
interface Survey {
  readonly operation: LimitedOperation & ('learnersChanged' | 'reconcile');
  readonly run: Run;
  readonly groups: () => AsyncIterable<Group>;
  readonly courses: readonly CourseId[] | undefined;
  /** What the fingerprint covers in addition to the revision and the diffs. */
  readonly subject: readonly unknown[];
}

/** Returns what the operation may remove, computed with a dry run if limits apply to it. */
async function ceilings(engine: Engine, { operation, run, groups, courses, subject }: Survey): Promise<Ceilings> {
  if (!areLimiting(engine.limits, operation)) return UNLIMITED;
  const catalog = await engine.repositories.catalog.load();
  const covered = [operation, catalog.revision, ...subject];
  const checking = Run.checking(run.options);
  const found = await check(engine, checking, engine.matcher(catalog), groups(), { courses }, covered);
  return ceilingsFor(engine.limits, operation, found, run.options.confirm);
}

/** Returns the same for a notice of one batch, computed under the batch's lock (semantics §6). */
function batchCeilings(engine: Engine, survey: Survey, learners: number): BatchCeilings | Ceilings {
  const { operation, run, subject } = survey;
  if (!areLimiting(engine.limits, operation)) return UNLIMITED;
  return {
    learners,
    whole(found, revision) {
      const covered = [operation, revision, ...subject];
      return ceilingsFor(engine.limits, operation, foundIn(found, covered), run.options.confirm);
    },
    parts: () => ceilings(engine, survey),
  };
}

/** Returns each id once, in order: an operation does not depend on the order in which ids are given. */
function uniqueInOrder(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort(compareIds);
}

/** Returns the outcome of a run. Frozen links in scope are reported even if no learner was evaluated. */
async function conclude(
  engine: Engine,
  run: Run,
  { started }: OwnOperation,
  more: Pick<Outcome, 'unknown'>,
  courses?: readonly CourseId[],
): Promise<Outcome> {
  if (!run.catalog) {
    run.catalog = await engine.repositories.catalog.load();
    run.tally.block(evaluate(engine.matcher(run.catalog), [], { courses }).blocked);
  }
  const { revision, unsettled } = run.catalog;
  const outstanding = engine.backoff.among(unsettled);
  const operation = run.hasChanged && started && { operation: started.id };
  return run.conclude({ revision, summary: run.tally.summary(), ...operation, outstanding, ...more });
}
