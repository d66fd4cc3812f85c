import { createSmartEnrolments, type Repositories } from 'smart-enrolments';
import { type Changes, counted, mismatches, NOTHING, standing } from './facts.js';
import type { HistoryEvent } from './history.js';
import { askUnlinking, askWhy, type HeldAssignment } from './questions.js';
import { replay, type Storing } from './replay.js';
import type { Findings } from './report.js';

/** Where a replay happens. */
export interface Stage {
  readonly repositories: Repositories;
  readonly host: Storing;
}

/** Replays commits on an empty stage, and then collects the findings of the report; `step` is called for each commit. */
export async function play(
  commits: readonly (readonly HistoryEvent[])[],
  { repositories, host }: Stage,
  step: (at: string) => void,
): Promise<Findings> {
  const start = performance.now();
  const enrolments = createSmartEnrolments(repositories);
  let changes: Changes = NOTHING;
  for await (const { at, diffs } of replay(commits, enrolments, host)) {
    changes = counted(changes, diffs);
    step(at);
  }
  const catalog = await repositories.catalog.load();
  const assignments = await heldIn(repositories);
  const learners = (await repositories.learners.page({ limit: 10_000 })).filter(isReadable);
  const found = { ...changes, ...standing(assignments, learners, catalog) };

  const unlinking = await askUnlinking(enrolments, catalog, assignments);
  const why = await askWhy(enrolments, catalog, assignments);
  const { summary: reconciled } = await enrolments.reconcile();
  return { commits, found, unlinking, why, reconciled, seconds: (performance.now() - start) / 1000 };
}

/** Returns the mismatches after a replay of all commits; an empty list if there are none. */
export function faultsOf({ found, reconciled, why }: Findings): string[] {
  const wrong = mismatches(found);
  if (reconciled.learners > 0) wrong.push(`the closing reconcile changed ${reconciled.learners} learners`);
  if (why.unenrol.allowed) wrong.push(`${why.learnerId} could be unenrolled alone`);
  return wrong;
}

function isReadable<Row extends object>(row: Row): row is Exclude<Row, { readonly unreadable: string }> {
  return !('unreadable' in row);
}

/** All holdings, by learner. */
async function heldIn({ enrolments }: Repositories): Promise<HeldAssignment[]> {
  const ids = await enrolments.holders({ limit: 10_000 });
  const holdings = new Map((await enrolments.read(ids)).filter(isReadable).map((held) => [held.learnerId, held]));
  return ids.flatMap((learnerId) =>
    holdings.get(learnerId)!.assignments.map((assignment) => ({ learnerId, ...assignment })),
  );
}
