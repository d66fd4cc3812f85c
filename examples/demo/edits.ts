import { deleteSegment, type Edit, link, saveSegment, unlink } from 'smart-enrolments';
import type { HistoryEvent } from './history.js';

/** The only link of a team to a repository. */
function linkIdOf(team: string, repo: string): string {
  return `${team} -> ${repo}`;
}

/** Converts events of teams and their repositories to edits of the catalog. */
export class Edits {
  readonly #segments = new Set<string>();

  /** Returns the edits for some events, in the same order. */
  of(events: readonly HistoryEvent[]): Edit[] {
    return events.flatMap((event): Edit[] => {
      const { team } = event;
      if (event.kind === 'membership') return [];
      if (event.kind === 'team') {
        if (event.op === 'upsert') return [this.#save(team)];
        this.#segments.delete(team);
        return [deleteSegment(team)];
      }
      const id = linkIdOf(team, event.repo);
      if (event.op === 'unlink') return [unlink(id)];
      // A `change` event changes the access level, which the demo ignores: saving the existing link changes nothing.
      const linked = link({ id, segmentId: team, courseId: event.repo });
      // The history links some teams before it creates them, or never creates them.
      return this.#segments.has(team) ? [linked] : [this.#save(team), linked];
    });
  }

  #save(team: string): Edit {
    this.#segments.add(team);
    return saveSegment({ id: team, title: team, rule: null });
  }
}
