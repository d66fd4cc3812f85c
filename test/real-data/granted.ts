import type { Changes } from '../../examples/demo/facts.js';
import type { HistoryEvent } from '../../examples/demo/history.js';

/**
 * Computes from history alone what a library has to do: the people with access to each repository, as plain sets of names,
 * before and after each step. This code does not use segments, links or diffs.
 */
export class Granted {
  readonly #members = new Map<string, Set<string>>();
  readonly #repos = new Map<string, Set<string>>();
  readonly #ever = new Set<string>();

  /** Applies one step, and returns what it starts and ends. */
  step(events: readonly HistoryEvent[]): Changes {
    const teams = new Set(events.map(({ team }) => team));
    const repos = new Set([...teams].flatMap((team) => [...(this.#repos.get(team) ?? [])]));
    for (const event of events) if (event.kind === 'link') repos.add(event.repo);

    const before = this.#grants(repos);
    for (const event of events) this.#take(event);
    const after = this.#grants(repos);

    const started = [...after.keys()].filter((grant) => !before.has(grant));
    const ended = [...before].filter(([grant]) => !after.has(grant));
    const unlinked = ended.filter(([, { repo, by }]) => by.some((team) => !this.#repos.get(team)?.has(repo)));
    const startedAgain = started.filter((grant) => this.#ever.has(grant)).length;
    for (const grant of started) this.#ever.add(grant);
    return {
      started: started.length,
      startedAgain,
      endedByUnlink: unlinked.length,
      endedByLeaving: ended.length - unlinked.length,
    };
  }

  /** All triples of a person, a repository, and a team that gives access to it, sorted. */
  standing(): string[] {
    return [...this.#repos]
      .flatMap(([team, repos]) => [...repos].flatMap((repo) => this.#of(team).map((person) => [person, repo, team])))
      .map((grant) => grant.join(' '))
      .sort();
  }

  #take(event: HistoryEvent): void {
    if (event.kind === 'membership') put(this.#members, event.team, event.person, event.op === 'add');
    if (event.kind === 'link') put(this.#repos, event.team, event.repo, event.op !== 'unlink');
  }

  /** The people with access to one of these repositories, and by which teams. */
  #grants(repos: ReadonlySet<string>): Map<string, { repo: string; by: string[] }> {
    const grants = new Map<string, { repo: string; by: string[] }>();
    for (const [team, granted] of this.#repos) {
      for (const repo of granted) {
        if (!repos.has(repo)) continue;
        for (const person of this.#of(team)) {
          const grant = `${person} ${repo}`;
          grants.set(grant, { repo, by: [...(grants.get(grant)?.by ?? []), team] });
        }
      }
    }
    return grants;
  }

  #of(team: string): string[] {
    return [...(this.#members.get(team) ?? [])];
  }
}

function put(sets: Map<string, Set<string>>, key: string, item: string, present: boolean): void {
  const set = sets.get(key) ?? new Set();
  sets.set(key, set);
  if (present) set.add(item);
  else set.delete(item);
}
