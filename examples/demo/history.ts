import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

/** One event: a person joined or left a team, a team gained or lost a repository, or a team was created or deleted. */
export type HistoryEvent = { readonly seq: number; readonly at: string; readonly team: string } & (
  | { readonly kind: 'membership'; readonly op: 'add' | 'remove'; readonly person: string }
  | { readonly kind: 'link'; readonly op: 'link' | 'unlink' | 'change'; readonly repo: string }
  | { readonly kind: 'team'; readonly op: 'upsert' | 'delete' }
);

/** Reads all events of the organisation in chronological order. */
export function readHistory(): HistoryEvent[] {
  const events = (['membership', 'link', 'team'] as const).flatMap((kind) => {
    const csv = readFileSync(new URL(`data/org-teams/${kind}_events.csv`, import.meta.url));
    const rows = parse<Omit<HistoryEvent, 'kind' | 'seq'>>(csv, {
      columns: true,
      cast: (value, { column }) => (column === 'seq' ? Number(value) : value),
    });
    return rows.map((row) => ({ ...row, kind }) as HistoryEvent);
  });
  return events.sort((a, b) => a.seq - b.seq);
}

/** Groups the events of one commit, which happened at the same instant. */
export function commitsOf(events: readonly HistoryEvent[]): HistoryEvent[][] {
  const commits: HistoryEvent[][] = [];
  for (const event of events) {
    const last = commits.at(-1);
    if (last?.[0]?.at === event.at) last.push(event);
    else commits.push([event]);
  }
  return commits;
}
