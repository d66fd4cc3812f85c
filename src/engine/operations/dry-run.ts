import type { Affected } from '../../catalog/affected.js';
import type { Catalog } from '../../model/catalog.js';
import type { Blocked } from '../../model/diff.js';
import type { LearnerId } from '../../model/ids.js';
import type { LearnerState } from '../../model/learner.js';
import { Tally } from '../../reconcile/summary.js';
import {
  type BatchEvaluation,
  type Coverage,
  evaluateStates,
  frozenLinks,
  readStates,
  statesOfPass,
} from '../batches/evaluate.js';
import { ALL_RANGES, affectedLearners, type Batch } from '../batches/walk.js';
import { Fingerprinter } from '../limits/fingerprint.js';
import type { DryRunResult } from '../limits/removal-limits.js';
import { evaluateBatches } from './evaluate-batches.js';
import type { RunningOperation } from './running-operation.js';

/** Evaluates the learners of a walk with this catalog, and writes nothing. The fingerprint covers `subject` and the diffs. */
export async function dryRun(
  running: RunningOperation,
  catalog: Catalog,
  batches: AsyncIterable<Batch>,
  coverage: Coverage,
  subject: readonly unknown[],
): Promise<DryRunResult> {
  const { engine, tally } = running;
  const matcher = engine.matcher(catalog);
  const fingerprinter = new Fingerprinter(subject);
  let enrolments = 0;
  tally.block(frozenLinks(matcher, coverage));
  const failed = await evaluateBatches(running, {
    batches,
    async evaluate(batch) {
      const states = await readStates(engine.repositories, batch, coverage);
      return evaluateStates(matcher, statesOfPass(batch, states, coverage), coverage);
    },
    record(states, { diffs }) {
      enrolments += enrolmentsIn(states);
      fingerprinter.add(diffs);
    },
  });
  tally.block([...failed.keys()].map(unreadable));
  return { summary: tally.summary(), fingerprint: fingerprinter.finish(), enrolments };
}

/** Evaluates all learners that an edit affects, if this catalog has the edit. */
export function dryRunOfEdit(
  running: RunningOperation,
  catalog: Catalog,
  affected: Readonly<Affected>,
  subject: readonly unknown[],
): Promise<DryRunResult> {
  const { engine, options } = running;
  const { repositories, batchSize } = engine;
  const work = { ...affected, ranges: ALL_RANGES };
  const batches = affectedLearners(repositories, engine.matcher(catalog), work, batchSize, options.signal);
  return dryRun(running, catalog, batches, affected, subject);
}

/** Returns what a dry run would have found, computed from what was evaluated under a batch's locks. */
export function dryRunResultOf({ states, diffs }: BatchEvaluation, subject: readonly unknown[]): DryRunResult {
  const tally = new Tally();
  tally.add(diffs);
  const fingerprinter = new Fingerprinter(subject);
  fingerprinter.add(diffs);
  return { summary: tally.summary(), fingerprint: fingerprinter.finish(), enrolments: enrolmentsIn(states) };
}

function unreadable(learnerId: LearnerId): Blocked {
  return { kind: 'invalid-learner', learnerId, reason: 'The store fails when it reads this learner.' };
}

/** Counts the enrolments that smart assignments hold. Only the courses that the operation covers were read. */
function enrolmentsIn(states: readonly LearnerState[]): number {
  return states.reduce((sum, { assignments }) => sum + new Set(assignments.map(({ courseId }) => courseId)).size, 0);
}
