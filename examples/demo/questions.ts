import type { Assignment, Catalog, Explanation, LearnerDiff, LearnerId, Link, SmartEnrolments } from 'smart-enrolments';
import { unlink } from 'smart-enrolments';

/** An assignment, and who holds it. */
export type HeldAssignment = Assignment & { readonly learnerId: LearnerId };

/** What unlinking would do, asked and not done. */
export interface Unlinking {
  readonly link: Link;
  readonly affected: number;
  readonly ending: number;
  /** Who stays enrolled, and the teams they stay enrolled by. */
  readonly kept: readonly { readonly person: string; readonly teams: readonly string[] }[];
}

/** Previews unlinking the link that holds most people; of several, the one whose people are most often held by another. */
export async function askUnlinking(
  enrolments: SmartEnrolments,
  { links }: Catalog,
  assignments: readonly HeldAssignment[],
): Promise<Unlinking> {
  const holding = byEnrolment(assignments);
  const rank = ({ id }: Link): [people: number, heldTwice: number] => {
    const held = assignments.filter(({ linkId }) => linkId === id);
    return [held.length, held.filter((assignment) => holding.get(enrolmentOf(assignment))!.length > 1).length];
  };
  const { link } = links
    .map((candidate) => ({ link: candidate, rank: rank(candidate) }))
    .sort((a, b) => b.rank[0] - a.rank[0] || b.rank[1] - a.rank[1] || (a.link.id < b.link.id ? -1 : 1))[0]!;

  const diffs: LearnerDiff[] = [];
  const { summary } = await enrolments.preview(unlink(link.id), {
    onDiff(batch) {
      diffs.push(...batch);
    },
  });
  const teamOf = new Map(links.map(({ id, segmentId }) => [id, segmentId]));
  const kept = diffs.flatMap(({ learnerId, kept }) =>
    kept.map(({ by }) => ({ person: learnerId, teams: by.map((linkId) => teamOf.get(linkId)!) })),
  );
  return { link, affected: summary.learners, ending: summary.unenrolled, kept };
}

/** Asks why somebody is enrolled whom two teams or more hold: on the course with the fewest links, the first such person. */
export async function askWhy(
  enrolments: SmartEnrolments,
  { links }: Catalog,
  assignments: readonly HeldAssignment[],
): Promise<Explanation> {
  const linksTo = (courseId: string): number => links.filter((link) => link.courseId === courseId).length;
  const { learnerId, courseId } = [...byEnrolment(assignments).values()]
    .filter((holding) => holding.length > 1)
    .map(([assignment]) => assignment!)
    .sort((a, b) => linksTo(a.courseId) - linksTo(b.courseId))[0]!;
  return enrolments.explain(learnerId, courseId);
}

function byEnrolment(assignments: readonly HeldAssignment[]): Map<string, HeldAssignment[]> {
  const found = new Map<string, HeldAssignment[]>();
  for (const assignment of assignments) {
    const enrolment = enrolmentOf(assignment);
    found.set(enrolment, [...(found.get(enrolment) ?? []), assignment]);
  }
  return found;
}

function enrolmentOf({ learnerId, courseId }: HeldAssignment): string {
  return JSON.stringify([learnerId, courseId]);
}
