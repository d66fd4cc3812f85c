import type { Learner } from 'smart-enrolments';
import type { HistoryEvent } from './history.js';

/** The teams of each person, according to the host's own records. */
export class Roster {
  readonly #teams = new Map<string, ReadonlySet<string>>();

  /** Applies the memberships of some events, and returns the people whose teams changed. */
  update(events: readonly HistoryEvent[]): Learner[] {
    const before = new Map<string, ReadonlySet<string>>();
    for (const event of events) {
      if (event.kind !== 'membership') continue;
      const { person, team, op } = event;
      const teams = this.#teams.get(person) ?? new Set();
      if (!before.has(person)) before.set(person, teams);
      this.#teams.set(person, op === 'add' ? new Set([...teams, team]) : new Set([...teams].filter((t) => t !== team)));
    }
    return [...before]
      .filter(([person, teams]) => !same(teams, this.#teams.get(person)!))
      .map(([person]) => ({ id: person, profile: {}, segments: [...this.#teams.get(person)!] }));
  }
}

function same(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((item) => b.has(item));
}
