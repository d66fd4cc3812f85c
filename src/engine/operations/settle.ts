import type { Catalog, Unsettled, UnsettledRange } from '../../model/catalog.js';
import type { LearnerId } from '../../model/ids.js';
import { eachGroup } from '../batches/each-group.js';
import { Failures } from '../batches/failures.js';
import { inHalves } from '../batches/in-halves.js';
import {
  blockedAmong,
  type Evaluation,
  evaluate,
  loadCatalog,
  readStates,
  type Scope,
  statesOfPass,
  UnreadableOnce,
} from '../batches/look.js';
import { affectedLearners, type Group } from '../batches/walk.js';
import type { Engine } from '../engine.js';
import type { Meter } from '../limits/limits.js';
import type { Run } from '../run.js';
import { type Cause, contextOf, WorkOperation } from './operation.js';

/** What batches are settled with: counts, limits, and the operation they are written for. */
export interface Settling {
  readonly run: Run;
  readonly meter: Meter;
  readonly cause: Cause;
  readonly scope: Scope;
}

/**
 * Settles groups. `reached` is called after each group, with `isSafe` only if every learner up to that point is settled, so that the work
 * can continue from there if it stops later.
 */
export async function settleGroups(
  engine: Engine,
  settling: Settling,
  groups: AsyncIterable<Group>,
  reached: (group: Group, isSafe: boolean) => Promise<void>,
): Promise<void> {
  const { run, scope } = settling;
  const failures = new Failures();
  const unreadableOnce = new UnreadableOnce();
  await eachGroup(groups, engine.concurrency, {
    async work(group) {
      const { ids } = group;
      run.willEvaluate(ids);
      const tried = await inHalves(ids, {
        failures,
        signal: run.options.signal,
        run: (some) => settleLearners(engine, settling, some),
        proves: ({ diffs }) => diffs.length > 0,
      });
      return { group, ...tried };
    },
    async record({ group, results }) {
      for (const found of results) {
        run.catalog = found.catalog;
        const states = unreadableOnce.firstOf(statesOfPass(group, found.states, scope));
        run.tally.block(blockedAmong(states, found));
        run.recordUnknown(states);
        await run.recordBatch(states.length, found.diffs);
      }
    },
    async reached(group) {
      await reached(group, failures.isEmpty);
      if (!group.isLast) run.checkpoint();
    },
  });
  run.setAside(failures.finish());
}

/** Locks learners, reads the catalog and their facts again under the locks, and writes the differences. */
async function settleLearners(
  engine: Engine,
  { meter, cause, scope }: Settling,
  ids: readonly LearnerId[],
): Promise<Evaluation & { readonly catalog: Catalog }> {
  await meter.prepare(ids);
  try {
    const found = await engine.repositories.transaction(ids, async (inside) => {
      const catalog = await loadCatalog(inside, scope);
      // Once another process has settled the work, what differs belongs to later edits.
      const some = cause.isSettled(catalog) ? [] : ids;
      const states = await readStates(inside, { ids: some }, scope.courses);
      const matcher = engine.matcher(catalog);
      const found = evaluate(matcher, states, scope);
      meter.admit(ids, found, catalog.revision);
      const { diffs } = found;
      if (diffs.length > 0)
        await inside.enrolments.write(diffs, contextOf(cause, catalog.revision, matcher, diffs, engine.instant()));
      return { ...found, catalog };
    });
    meter.wrote(ids);
    return found;
  } catch (error) {
    meter.dropped(ids);
    throw error;
  }
}

/** Settles the work that the commit of an edit left, starting where it stopped, and records progress after every batch. */
export async function settleWork(engine: Engine, run: Run, meter: Meter, work: Unsettled): Promise<void> {
  const { catalog } = engine.repositories;
  const { courses, links, ranges } = work;
  const operation = work.operation.id;
  const scope: Scope = { courses, links, operation: work.operation };
  const loaded = await loadCatalog(engine.repositories, scope);
  const matcher = engine.matcher(loaded);
  run.tally.block(evaluate(matcher, [], scope).blocked);
  run.checkpoint();
  const cause = new WorkOperation(work);
  const walk = affectedLearners(engine.repositories, matcher, work, engine.batchSize, run.options.signal);
  const groups = until(walk, () => cause.isOver);
  const left = new Set<UnsettledRange>(ranges);
  const settling = { run, meter, cause, scope };
  await settleGroups(engine, settling, groups, async ({ range, after, isLast = false }, isSafe) => {
    if (isSafe) {
      if (isLast) left.delete(range!);
      await catalog.settled({ operation, range: isLast ? range! : { ...range!, after: after! }, done: isLast });
    }
    if (!isLast) await run.reportProgress();
  });
  // Learners who were set aside do not keep the work open (semantics §6).
  for (const range of left) await catalog.settled({ operation, range, done: true });
}

/** Ends a walk early. */
async function* until(groups: AsyncIterable<Group>, isOver: () => boolean): AsyncGenerator<Group> {
  for await (const group of groups) {
    if (isOver()) return;
    yield group;
  }
}
