import type { UnsettledWork } from '../model/catalog.js';
import type { Blocked } from '../model/diff.js';
import type { LearnerId } from '../model/ids.js';
import type { LearnerState } from '../model/learner.js';
import { eachGroup } from './each-group.js';
import type { Engine } from './engine.js';
import type { Meter } from './limits.js';
import { type Look, loadCatalog, look, metIn, readStates, type Scope } from './look.js';
import type { Run } from './run.js';
import { concerned, type Group } from './walk.js';

/** Brings groups in line, and tells how far it has come. */
export function settleGroups(
  engine: Engine,
  run: Run,
  meter: Meter,
  groups: AsyncIterable<Group>,
  scope: Scope,
  reached: (group: Group) => Promise<void>,
): Promise<void> {
  return eachGroup(groups, engine.concurrency, {
    work: async (group) => ({ group, settled: await settleGroup(engine, meter, group, scope) }),
    async note({ group, settled }) {
      if (!settled) return;
      const { revision, found } = settled;
      run.revision = revision;
      const met = metIn(group.pass, found.states, scope);
      run.tally.block(blockedAmong(met, found));
      await run.looked(met.length, found.diffs);
    },
    async reached(group) {
      await reached(group);
      run.checkpoint();
    },
  });
}

/** Locks a group's learners, reads everything that decides again under the lock, and writes what differs. */
async function settleGroup(
  engine: Engine,
  meter: Meter,
  group: Group,
  scope: Scope,
): Promise<{ readonly revision: number; readonly found: Look } | undefined> {
  const { ids } = group;
  if (ids.length === 0) return;
  const settled = await engine.repositories.transaction(ids, async (inside) => {
    const catalog = await loadCatalog(inside, scope);
    const found = look(engine.matcher(catalog), await readStates(inside, { ids }, scope.courses), scope);
    meter.admit(group, found.diffs);
    if (found.diffs.length > 0) await inside.enrolments.write(found.diffs);
    return { revision: catalog.revision, found };
  });
  meter.wrote(group);
  return settled;
}

/** What blocks these learners, and frozen links. */
function blockedAmong(met: readonly LearnerState[], { states, blocked }: Look): readonly Blocked[] {
  if (met.length === states.length) return blocked;
  const ids = new Set(met.map(({ learnerId }) => learnerId));
  return blocked.filter(({ kind, id }) => kind.endsWith('-link') || ids.has(id as LearnerId));
}

/** Settles what the commit of an edit left, from where it has come, and records how far it gets after every batch. */
export async function settleWork(engine: Engine, run: Run, meter: Meter, work: UnsettledWork): Promise<void> {
  const { catalog } = engine.repositories;
  const { revision, courses, links } = work;
  const scope: Scope = { courses, links, revision };
  const matcher = engine.matcher(await loadCatalog(engine.repositories, scope));
  run.tally.block(look(matcher, [], scope).blocked);
  run.checkpoint();
  const groups = concerned(engine.repositories, matcher, work, engine.batchSize);
  await settleGroups(engine, run, meter, groups, scope, async ({ pass = work.pass, after }) => {
    await catalog.settled({ revision, pass, after, done: false });
    await run.progressed();
  });
  await catalog.settled({ revision, pass: 'audience', done: true });
}
