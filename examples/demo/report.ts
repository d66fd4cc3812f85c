import type { Explanation, Remedy, Summary } from 'smart-enrolments';
import type { Changes, Standing } from './facts.js';
import type { HistoryEvent } from './history.js';
import type { Unlinking } from './questions.js';

/** Everything in the report. */
export interface Findings {
  readonly commits: readonly (readonly HistoryEvent[])[];
  readonly found: Changes & Standing;
  readonly unlinking: Unlinking;
  readonly why: Explanation;
  readonly reconciled: Summary;
  readonly seconds: number;
}

/** Writes the report. */
export function report({ commits, found, unlinking, why, reconciled, seconds }: Findings): string {
  const ended = found.endedByUnlink + found.endedByLeaving;
  return [
    'Eight years of a real organisation: a team is a segment with hand-placed members,',
    'a repository is a course, and what a team may work on is a link.',
    '',
    ...section('Replayed', replayed(commits)),
    ...section('Enrolments', [
      `${count(found.started)} started, ${count(found.startedAgain)} of them resumed from an earlier training record.`,
      `${count(ended)} ended: ${count(found.endedByUnlink)} because the course was unlinked, ${count(found.endedByLeaving)} because the person left the team.`,
    ]),
    ...section('In the end', [
      `${count(found.memberships)} memberships and ${count(found.links)} links make ${count(found.enrolments)} enrolments,`,
      `${count(found.heldTwice)} of them held by two or more teams.`,
    ]),
    ...section('What if', whatIf(unlinking)),
    ...section('Why', wrapped(why.text)),
    ...section('Unenrol?', refusal(why)),
    ...section('Reconcile', [
      reconciled.assigned + reconciled.released === 0
        ? 'Evaluated everyone again: nothing to change.'
        : `Found ${count(reconciled.assigned)} assignments missing and ${count(reconciled.released)} too many.`,
    ]),
    ...section('Time', [`${seconds.toFixed(1)} seconds.`]),
  ].join('\n');
}

function replayed(commits: Findings['commits']): string[] {
  const events = commits.flat();
  const of = (kind: HistoryEvent['kind']): string => count(events.filter((event) => event.kind === kind).length);
  const people = new Set(events.flatMap((event) => (event.kind === 'membership' ? [event.person] : [])));
  return [
    `${count(commits.length)} commits from ${day(events[0])} to ${day(events.at(-1))}, about ${count(people.size)} people:`,
    `${of('membership')} people joining or leaving a team, ${of('link')} link changes and ${of('team')} team changes.`,
  ];
}

function whatIf({ link, affected, ending, kept }: Unlinking): string[] {
  const shared = new Map<string, number>();
  for (const team of kept.flatMap(({ teams }) => teams)) shared.set(team, (shared.get(team) ?? 0) + 1);
  const most = [...shared].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const [example] = kept;
  return [
    `Unlinking ${link.courseId} from team ${link.segmentId}, the link with the most holders, would affect ${count(affected)} people:`,
    `${count(ending)} enrolments would end, and ${count(kept.length)} stay, because another team holds them:`,
    ...wrapped(
      `${most
        .slice(0, 6)
        .map(([team, people]) => `${team} ${count(people)}`)
        .join(', ')}${most.length > 6 ? ` and ${most.length - 6} teams more` : ''}.`,
    ),
    ...(example ? [`${example.person}, for one, would stay enrolled as a member of ${listed(example.teams)}.`] : []),
  ];
}

function refusal({ learnerId, courseId, unenrol }: Explanation): string[] {
  if (unenrol.allowed) return [`${learnerId} can be unenrolled from ${courseId}.`];
  return [
    `Not ${learnerId} alone from ${courseId}. To end this enrolment:`,
    ...unenrol.remedies.map((each) => `- ${remedy(each)}`),
  ];
}

function remedy(way: Remedy): string {
  switch (way.type) {
    case 'leave-segment':
      return `leaving team ${way.segmentId}`;
    case 'unlink':
      return `unlinking ${way.linkId}, for the whole team`;
    case 'individual':
      return 'ending the individual enrolment';
    default:
      return way satisfies never;
  }
}

function section(title: string, lines: readonly string[]): string[] {
  return [...lines.map((line, i) => `${(i ? '' : title).padEnd(12)}${line}`), ''];
}

function wrapped(text: string): string[] {
  return text.match(/.{1,88}(?:\s|$)/g)?.map((line) => line.trimEnd()) ?? [];
}

function listed(names: readonly string[]): string {
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names.join();
}

function count(amount: number): string {
  return amount.toLocaleString('en-GB');
}

function day(event: HistoryEvent | undefined): string {
  return event?.at.slice(0, 10) ?? '';
}
