import type { LearnerDiff, SmartEnrolments, Summary } from 'smart-enrolments';
import type { Host } from 'smart-enrolments/memory';
import { Edits } from './edits.js';
import type { HistoryEvent } from './history.js';
import { Roster } from './roster.js';

/** What a replay needs besides the library: it stores people and courses. */
export type Storing = Pick<Host, 'saveCourses' | 'saveLearners'>;

/** What the library reported for one step: the number of changes, and each diff. */
export interface Replayed {
  readonly at: string;
  readonly summaries: readonly Summary[];
  readonly diffs: readonly LearnerDiff[];
}

/**
 * Replays history as a host does: it stores the people of a step, applies its edits as one list, and then sends one notice
 * for all people whose teams changed.
 */
export async function* replay(
  steps: readonly (readonly HistoryEvent[])[],
  enrolments: SmartEnrolments,
  host: Storing,
): AsyncGenerator<Replayed, void, undefined> {
  const roster = new Roster();
  const catalog = new Edits();
  const courses = new Set<string>();

  for (const events of steps) {
    const summaries: Summary[] = [];
    const diffs: LearnerDiff[] = [];
    const onDiff = (batch: readonly LearnerDiff[]): void => {
      diffs.push(...batch);
    };

    const repos = new Set(events.flatMap((event) => (event.kind === 'link' ? [event.repo] : [])));
    const unknown = [...repos].filter((repo) => !courses.has(repo));
    if (unknown.length > 0) {
      await host.saveCourses(unknown.map((id) => ({ id, enrolmentMethod: 'by-assignment-only' })));
      for (const repo of unknown) courses.add(repo);
    }

    const moved = roster.update(events);
    if (moved.length > 0) await host.saveLearners(moved);

    const edits = catalog.of(events);
    if (edits.length > 0) summaries.push((await enrolments.apply(edits, { onDiff })).summary);

    if (moved.length > 0) {
      const ids = moved.map(({ id }) => id);
      summaries.push((await enrolments.learnersChanged(ids, { onDiff })).summary);
    }
    yield { at: events[0]!.at, summaries, diffs };
  }
}
