import { BY_ASSIGNMENT_ONLY, type Catalog, type Learner, type Rule, type Segment } from 'smart-enrolments';
import { compile, diff } from 'smart-enrolments/core';
import type { Lms } from './lms.js';

const AT_A_TIME = 5_000;

/** Counts the active people in each of these segments. */
export async function countMembers(lms: Lms, catalog: Catalog): Promise<ReadonlyMap<string, number>> {
  const counts = new Map(catalog.segments.map(({ id }): [string, number] => [id, 0]));
  const membersIn = memberships(catalog, catalog.segments);
  for await (const page of pages(lms)) {
    for (const { segments } of membersIn(page)) {
      for (const segment of segments) counts.set(segment, counts.get(segment)! + 1);
    }
  }
  return counts;
}

/** Previews the members of a segment, saved or not: their number, and the first of them. */
export async function findMembers(
  lms: Lms,
  catalog: Catalog,
  segment: Segment,
  shown: number,
): Promise<{ readonly total: number; readonly first: readonly string[] }> {
  const others = catalog.segments.filter(({ id }) => id !== segment.id);
  const membersIn = memberships({ ...catalog, segments: [...others, segment] }, [segment]);
  let total = 0;
  const first: string[] = [];
  for await (const page of pages(lms, segment)) {
    const members = new Set(membersIn(page).map(({ learnerId }) => learnerId));
    total += members.size;
    // The core orders ids as text, the database by number.
    const inOrder = page.map(({ id }) => id).filter((id) => members.has(id));
    first.push(...inOrder.slice(0, shown - first.length));
  }
  return { total, first };
}

/**
 * Computes with the core which people are in which segments: a temporary catalog links each segment to its own course, so the diff
 * of people who hold nothing yet assigns exactly their segments.
 */
function memberships(catalog: Catalog, segments: readonly Segment[]) {
  const ids = segments.map(({ id }): string => id);
  const matcher = compile({
    ...catalog,
    courses: ids.map((id) => ({ id, enrolmentMethod: BY_ASSIGNMENT_ONLY })),
    links: ids.map((id) => ({ id, segmentId: id, courseId: id })),
    unsettled: [],
  });
  return (learners: readonly Learner[]) => {
    const states = learners.map((learner) => {
      return { learnerId: learner.id, learner, assignments: [], individual: [], training: [] };
    });
    return diff(matcher, states).diffs.map(({ learnerId, assigned }) => {
      return { learnerId, segments: assigned.map(({ linkId }): string => linkId) };
    });
  };
}

/** All people, or those who may be in a segment. */
async function* pages({ repositories }: Lms, segment?: Segment): AsyncGenerator<readonly Learner[]> {
  const placedIn = segment ? [segment.id] : [];
  const matching = segment && !namesSegment(segment.rule) ? { rule: segment.rule ?? { any: [] }, placedIn } : undefined;
  for (let after: string | undefined; ; ) {
    const page = await repositories.learners.page({ after, limit: AT_A_TIME, matching });
    if (page.length === 0) return;
    // Learners whose row cannot be read cannot be shown in a segment.
    yield page.filter((learner): learner is Learner => !('unreadable' in learner));
    after = page.at(-1)!.id;
  }
}

/** Whether a rule refers to another segment; a hint cannot. */
function namesSegment(rule: Rule | undefined): boolean {
  if (!rule) return false;
  if ('all' in rule) return rule.all.some(namesSegment);
  if ('any' in rule) return rule.any.some(namesSegment);
  if ('not' in rule) return namesSegment(rule.not);
  return 'segment' in rule;
}
