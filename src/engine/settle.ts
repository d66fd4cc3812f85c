import type { Catalog, UnsettledWork } from '../model/catalog.js';
import type { LearnerId } from '../model/ids.js';
import { eachGroup } from './each-group.js';
import type { Engine } from './engine.js';
import { Failures } from './failures.js';
import { inHalves } from './in-halves.js';
import type { Meter } from './limits.js';
import { blockedAmong, type Look, loadCatalog, look, Meetings, metIn, readStates, type Scope } from './look.js';
import type { Run } from './run.js';
import { concerned, type Group } from './walk.js';

/**
 * Brings groups in line. `reached` is called after each group; with `isSafe` only if every learner up to there is settled, so that the
 * work can continue from there if it stops later.
 */
export async function settleGroups(
  engine: Engine,
  run: Run,
  meter: Meter,
  groups: AsyncIterable<Group>,
  scope: Scope,
  reached: (group: Group, isSafe: boolean) => Promise<void>,
): Promise<void> {
  const failures = new Failures();
  const meetings = new Meetings();
  await eachGroup(groups, engine.concurrency, {
    async work({ ids, pass }) {
      run.evaluates(ids);
      const tried = await inHalves(ids, {
        failures,
        signal: run.options.signal,
        run: (some) => settleLearners(engine, meter, some, scope),
        proves: ({ diffs }) => diffs.length > 0,
      });
      return { pass, ...tried };
    },
    async note({ pass, results }) {
      for (const found of results) {
        run.catalog = found.catalog;
        const met = meetings.first(metIn(pass, found.states, scope));
        run.tally.block(blockedAmong(met, found));
        run.notFound(met);
        await run.looked(met.length, found.diffs);
      }
    },
    async reached(group) {
      await reached(group, failures.areNone);
      run.checkpoint();
    },
  });
  run.setAside(failures.finish());
}

/** Locks learners, reads everything that decides again under the locks, and writes what differs. */
async function settleLearners(
  engine: Engine,
  meter: Meter,
  ids: readonly LearnerId[],
  scope: Scope,
): Promise<Look & { readonly catalog: Catalog }> {
  await meter.prepare(ids);
  try {
    const found = await engine.repositories.transaction(ids, async (inside) => {
      const catalog = await loadCatalog(inside, scope);
      const states = await readStates(inside, { ids }, scope.courses);
      const found = look(engine.matcher(catalog), states, scope);
      meter.admit(ids, found, catalog.revision);
      if (found.diffs.length > 0) await inside.enrolments.write(found.diffs);
      return { ...found, catalog };
    });
    meter.wrote(ids);
    return found;
  } catch (error) {
    meter.dropped(ids);
    throw error;
  }
}

/** Settles the work that the commit of an edit left, from where it stopped, and records progress after every batch. */
export async function settleWork(engine: Engine, run: Run, meter: Meter, work: UnsettledWork): Promise<void> {
  const { catalog } = engine.repositories;
  const { revision, courses, links } = work;
  const scope: Scope = { courses, links, revision };
  const loaded = await loadCatalog(engine.repositories, scope);
  const matcher = engine.matcher(loaded);
  run.tally.block(look(matcher, [], scope).blocked);
  run.checkpoint();
  const groups = concerned(engine.repositories, matcher, work, engine.batchSize, run.options.signal);
  await settleGroups(engine, run, meter, groups, scope, async ({ pass = work.pass, after }, isSafe) => {
    if (isSafe) await catalog.settled({ revision, pass, after, done: false });
    await run.progressed();
  });
  await catalog.settled({ revision, pass: 'audience', done: true });
}
