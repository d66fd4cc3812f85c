import type { UnsettledWork } from '../model/catalog.js';
import type { LearnerId } from '../model/ids.js';
import type { Engine } from './engine.js';
import type { Meter } from './limits.js';
import { idsOf, type Look, loadMatcher, look, metIn, readStates, type Scope } from './look.js';
import type { Run } from './run.js';
import { concerned, type Group } from './walk.js';

/** Brings a group in line: locks its learners, reads everything that decides again under the lock, and writes what differs. */
export async function settleGroup(engine: Engine, run: Run, meter: Meter, group: Group, scope: Scope): Promise<void> {
  if (group.ids.length === 0) return;
  const found = await engine.repositories.transaction(group.ids, async (inside): Promise<Look> => {
    const matcher = await loadMatcher(engine, inside, scope);
    const found = look(matcher, await readStates(inside, { ids: group.ids }, scope.courses), scope);
    meter.admit(found.diffs);
    if (found.diffs.length > 0) await inside.enrolments.write(found.diffs);
    return found;
  });
  meter.add(found.diffs);
  const met = idsOf(metIn(group.pass, found.states, scope));
  run.tally.block(found.blocked.filter(({ kind, id }) => kind.endsWith('-link') || met.has(id as LearnerId)));
  await run.looked(met.size, found.diffs);
}

/** Settles what the commit of an edit left, from where it has come, and records how far it gets after every batch. */
export async function settleWork(engine: Engine, run: Run, meter: Meter, work: UnsettledWork): Promise<void> {
  const { catalog } = engine.repositories;
  const { revision, courses, links } = work;
  const scope: Scope = { courses, links, revision };
  const matcher = await loadMatcher(engine, engine.repositories, scope);
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
