import type { UnsettledWork } from '../model/catalog.js';
import type { Blocked } from '../model/diff.js';
import type { LearnerId } from '../model/ids.js';
import type { LearnerState } from '../model/learner.js';
import type { Engine } from './engine.js';
import type { Meter } from './limits.js';
import { type Look, loadCatalog, look, metIn, readStates, type Scope } from './look.js';
import type { Run } from './run.js';
import { concerned, type Group } from './walk.js';

/** Brings a group in line: locks its learners, reads everything that decides again under the lock, and writes what differs. */
export async function settleGroup(engine: Engine, run: Run, meter: Meter, group: Group, scope: Scope): Promise<void> {
  if (group.ids.length === 0) return;
  const [revision, found] = await engine.repositories.transaction(
    group.ids,
    async (inside): Promise<[number, Look]> => {
      const catalog = await loadCatalog(inside, scope);
      const found = look(engine.matcher(catalog), await readStates(inside, { ids: group.ids }, scope.courses), scope);
      meter.admit(found.diffs);
      if (found.diffs.length > 0) await inside.enrolments.write(found.diffs);
      return [catalog.revision, found];
    },
  );
  run.revision = revision;
  meter.add(found.diffs);
  const met = metIn(group.pass, found.states, scope);
  run.tally.block(blockedAmong(met, found));
  await run.looked(met.length, found.diffs);
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
  for await (const group of concerned(engine.repositories, matcher, work, engine.batchSize)) {
    await settleGroup(engine, run, meter, group, scope);
    await catalog.settled({ revision, pass: group.pass ?? work.pass, after: group.after, done: false });
    await run.progressed();
    run.checkpoint();
  }
  await catalog.settled({ revision, pass: 'audience', done: true });
}
