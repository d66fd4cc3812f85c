import type { Outcome, Summary } from '../model/diff.js';
import type { CourseId, LearnerId } from '../model/ids.js';
import type { Learner } from '../model/learner.js';
import type { Confirm, ReconcileScope, RunOptions } from '../model/options.js';
import { compareIds } from '../model/order.js';
import { check } from './check.js';
import type { Engine } from './engine.js';
import { areLimiting, type Ceilings, ceilingsFor, Meter, UNLIMITED } from './limits.js';
import { look } from './look.js';
import { Run } from './run.js';
import { settleGroups } from './settle.js';
import { everyone, type Group, named } from './walk.js';

/** Looks at the learners that a notice names, wholly. */
export async function learnersChanged(
  engine: Engine,
  ids: readonly LearnerId[],
  options: RunOptions & Confirm,
): Promise<Outcome> {
  const run = new Run('write', options);
  const groups = () => named(ids, engine.batchSize);
  const meter = await metered(engine, 'learnersChanged', groups, options, undefined, inOrder(ids));
  run.checkpoint();
  await settleGroups(engine, run, meter, groups(), {}, () => run.progressed());
  return outcome(engine, run);
}

/**
 * Looks at everyone in the scope, under their locks: without them, a look could find all well while a notice that read older facts
 * is about to write what follows from these.
 */
export async function reconcile(engine: Engine, options: RunOptions & Confirm & ReconcileScope): Promise<Outcome> {
  const { after, upTo, courses } = options;
  const run = new Run('write', options);
  // Of no courses there is nothing to look at.
  const groups = (found: 'ids' | 'learners') =>
    courses?.length === 0 ? named([], 1) : everyone(engine.repositories, { after, upTo }, engine.batchSize, found);
  const meter = await metered(engine, 'reconcile', () => groups('learners'), options, courses, [
    after ?? null,
    upTo ?? null,
    courses ? inOrder(courses) : null,
  ]);
  run.checkpoint();
  await settleGroups(engine, run, meter, groups('ids'), { courses }, ({ after: done }) => run.progressed(done));
  return outcome(engine, run, courses);
}

/** Says what would happen if these learners' facts were these. */
export async function previewLearners(
  engine: Engine,
  run: Run,
  learners: readonly Learner[],
): Promise<{ readonly summary: Summary }> {
  const matcher = engine.matcher(await engine.repositories.catalog.load());
  async function* groups(): AsyncGenerator<Group> {
    for (let from = 0; from < learners.length; from += engine.batchSize) {
      const some = learners.slice(from, from + engine.batchSize);
      yield { ids: some.map(({ id }) => id), learners: some };
    }
  }
  const { summary } = await check(engine, run, matcher, groups(), {}, []);
  return { summary };
}

async function metered(
  engine: Engine,
  operation: 'learnersChanged' | 'reconcile',
  groups: () => AsyncIterable<Group>,
  options: RunOptions & Confirm,
  courses: readonly CourseId[] | undefined,
  subject: readonly unknown[],
): Promise<Meter> {
  let ceilings: Ceilings = UNLIMITED;
  if (areLimiting(engine.limits, operation)) {
    const matcher = engine.matcher(await engine.repositories.catalog.load());
    const found = await check(engine, Run.checking(options), matcher, groups(), { courses }, [operation, ...subject]);
    ceilings = ceilingsFor(engine.limits, operation, found, options.confirm);
  }
  return new Meter(operation, ceilings);
}

/** The ids as a set: an operation is the same however they are given. */
function inOrder(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort(compareIds);
}

/** What came of a run; the frozen links in reach are told even if there was nobody to look at. */
async function outcome(engine: Engine, run: Run, courses?: readonly CourseId[]): Promise<Outcome> {
  if (run.revision === undefined) {
    const catalog = await engine.repositories.catalog.load();
    run.revision = catalog.revision;
    run.tally.block(look(engine.matcher(catalog), [], { courses }).blocked);
  }
  return { revision: run.revision, summary: run.tally.summary(), outstanding: [] };
}
