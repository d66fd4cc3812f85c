import type { Matcher } from '../catalog/matcher.js';
import type { LearnerState } from '../model/learner.js';
import { eachGroup } from './each-group.js';
import type { Engine } from './engine.js';
import { Fingerprinter } from './fingerprint.js';
import type { Found } from './limits.js';
import { look, metIn, readStates, type Scope } from './look.js';
import type { Run } from './run.js';
import type { Group } from './walk.js';

/** Looks at everyone a walk finds and writes nothing; `subject` is what the fingerprint is of, beside the diffs. */
export async function check(
  engine: Engine,
  run: Run,
  matcher: Matcher,
  groups: AsyncIterable<Group>,
  scope: Scope,
  subject: readonly unknown[],
): Promise<Found> {
  const fingerprinter = new Fingerprinter(subject);
  run.tally.block(look(matcher, [], scope).blocked);
  let held = 0;
  run.checkpoint();
  await eachGroup(groups, engine.concurrency, {
    work: async (group) => metIn(group.pass, await readStates(engine.repositories, group, scope.courses), scope),
    async note(states) {
      const found = look(matcher, states, scope);
      held += heldIn(states);
      fingerprinter.add(found.diffs);
      run.tally.block(found.blocked);
      await run.looked(states.length, found.diffs);
    },
    async reached() {
      await run.progressed();
      run.checkpoint();
    },
  });
  return { summary: run.tally.summary(), fingerprint: fingerprinter.finish(), held };
}

/** Counts the enrolments that smart assignments hold; what was read is what is in scope. */
function heldIn(states: readonly LearnerState[]): number {
  return states.reduce((held, { assignments }) => held + new Set(assignments.map(({ courseId }) => courseId)).size, 0);
}
