import type { Matcher } from '../catalog/matcher.js';
import type { Blocked, LearnerDiff } from '../model/diff.js';
import type { CourseId, LearnerId, LinkId } from '../model/ids.js';
import type { LearnerState } from '../model/learner.js';
import { diff } from '../reconcile/diff.js';
import type { Repositories } from '../repositories/repositories.js';
import type { Group } from './walk.js';

/** What a walk looks at in each learner. */
export interface Scope {
  /** All courses without it. */
  readonly courses?: readonly CourseId[];
  /** The links an edit concerns: in the second pass, who holds one of them was met in the first. */
  readonly links?: readonly LinkId[];
}

/** What one look at a group found. */
export interface Look {
  readonly states: readonly LearnerState[];
  readonly diffs: readonly LearnerDiff[];
  readonly blocked: readonly Blocked[];
}

/** Reads who these learners are, unless the walk has, and what they hold; in the order of the ids. */
export async function readStates(
  { learners, enrolments }: Repositories,
  group: Group,
  courses?: readonly CourseId[],
): Promise<readonly LearnerState[]> {
  const { ids } = group;
  if (ids.length === 0) return [];
  const people = new Map((group.learners ?? (await learners.get(ids))).map((learner) => [learner.id, learner]));
  const rows = await enrolments.read(ids, courses && { courses });
  const holdings = new Map(rows.map((row) => [row.learnerId, row]));
  return ids.map((learnerId) => {
    const { assignments = [], individual = [], training = [] } = holdings.get(learnerId) ?? {};
    return { learnerId, learner: people.get(learnerId), assignments, individual, training };
  });
}

/** Says what changes for these learners. */
export function look(matcher: Matcher, states: readonly LearnerState[], { courses }: Scope): Look {
  return { states, ...diff(matcher, states, courses && { courses }) };
}

/** Answers those of the states that an earlier pass has not met. */
export function unmet(states: readonly LearnerState[], group: Group, { links }: Scope): readonly LearnerState[] {
  if (group.pass !== 'audience' || !links) return states;
  const concerned = new Set<LinkId>(links);
  return states.filter(({ assignments }) => !assignments.some(({ linkId }) => concerned.has(linkId)));
}

/** The learners of the states, by id. */
export function idsOf(states: readonly LearnerState[]): ReadonlySet<LearnerId> {
  return new Set(states.map(({ learnerId }) => learnerId));
}
