import type { Matcher } from '../../catalog/matcher.js';
import type { Blocked } from '../../model/diff.js';
import type { LearnerId } from '../../model/ids.js';
import type { LearnerState } from '../../model/learner.js';
import { Tally } from '../../reconcile/summary.js';
import { eachGroup } from '../batches/each-group.js';
import { Failures } from '../batches/failures.js';
import { inHalves } from '../batches/in-halves.js';
import {
  blockedAmong,
  type Evaluation,
  evaluate,
  readStates,
  type Scope,
  statesOfPass,
  UnreadableOnce,
} from '../batches/look.js';
import type { Group } from '../batches/walk.js';
import type { Engine } from '../engine.js';
import { Fingerprinter } from '../limits/fingerprint.js';
import type { Found } from '../limits/limits.js';
import type { Run } from '../run.js';

/** Evaluates every learner that a walk finds, and writes nothing. The fingerprint covers `subject` and the diffs. */
export async function check(
  engine: Engine,
  run: Run,
  matcher: Matcher,
  groups: AsyncIterable<Group>,
  scope: Scope,
  subject: readonly unknown[],
): Promise<Found> {
  const fingerprinter = new Fingerprinter(subject);
  const failures = new Failures();
  const unreadableOnce = new UnreadableOnce();
  run.tally.block(evaluate(matcher, [], scope).blocked);
  let held = 0;
  run.checkpoint();
  await eachGroup(groups, engine.concurrency, {
    work: (group) =>
      inHalves(group.ids, {
        failures,
        signal: run.options.signal,
        run: async (ids) => {
          const states = await readStates(engine.repositories, among(group, ids), scope.courses);
          return evaluate(matcher, statesOfPass(group, states, scope), scope);
        },
        // Nothing is written, so a learner who can be read shows that the store works.
        proves: () => true,
      }),
    async record({ results }) {
      for (const found of results) {
        const states = unreadableOnce.firstOf(found.states);
        held += heldIn(states);
        fingerprinter.add(found.diffs);
        run.tally.block(blockedAmong(states, found));
        await run.recordBatch(states.length, found.diffs);
      }
    },
    async reached({ isLast }) {
      if (!isLast) await run.reportProgress();
      run.checkpoint();
    },
  });
  run.tally.block([...failures.finish()].map(unreadable));
  return { summary: run.tally.summary(), fingerprint: fingerprinter.finish(), held };
}

/** Returns what a dry run would have found, computed from what was found under a batch's locks. */
export function foundIn({ states, diffs }: Evaluation, subject: readonly unknown[]): Found {
  const tally = new Tally();
  tally.add(diffs);
  const fingerprinter = new Fingerprinter(subject);
  fingerprinter.add(diffs);
  return { summary: tally.summary(), fingerprint: fingerprinter.finish(), held: heldIn(states) };
}

/** Returns the part of a group with these learners. */
function among({ ids, learners }: Group, some: readonly LearnerId[]): Group {
  if (!learners || some.length === ids.length) return { ids: some, ...(learners && { learners }) };
  const wanted = new Set(some);
  return { ids: some, learners: learners.filter(({ id }) => wanted.has(id)) };
}

function unreadable([id]: readonly [LearnerId, unknown]): Blocked {
  return { kind: 'invalid-learner', learnerId: id, reason: 'The store fails when it reads this learner.' };
}

/** Counts the enrolments that smart assignments hold. Only courses in scope were read. */
function heldIn(states: readonly LearnerState[]): number {
  return states.reduce((held, { assignments }) => held + new Set(assignments.map(({ courseId }) => courseId)).size, 0);
}
