import { deleteSegment, type Edit, link, saveSegment, unlink } from 'smart-enrolments';
import type { HistoryEvent } from './history.js';

/** The one link of a team to a repository. */
function linkIdOf(team: string, repo: string): string {
  return `${team} -> ${repo}`;
}

/** Turns what happened to teams and their repositories into edits of the catalog. */
export class Edits {
  readonly #segments = new Set<string>();

  /** Answers the edits for some events, in their order. */
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
      // A change is one of access level, which is nothing to us: saving the link that stands changes nothing.
      const linked = link({ id, segmentId: team, courseId: event.repo });
      // Some teams are linked before the history says that they exist, or without its ever saying so.
      return this.#segments.has(team) ? [linked] : [this.#save(team), linked];
    });
  }

  #save(team: string): Edit {
    this.#segments.add(team);
    return saveSegment({ id: team, title: team, rule: null });
  }
}
