import type { Assignment, Catalog, Explanation, LearnerDiff, LearnerId, Link, SmartEnrolments } from 'smart-enrolments';
import { unlink } from 'smart-enrolments';

/** An assignment and its holder. */
export type HeldAssignment = Assignment & { readonly learnerId: LearnerId };

/** What an unlink would do, from a preview. */
export interface Unlinking {
  readonly link: Link;
  readonly affected: number;
  readonly ending: number;
  /** The people who stay enrolled, and the teams that keep them enrolled. */
  readonly kept: readonly { readonly person: string; readonly teams: readonly string[] }[];
}

/** Previews the unlink of the link with most holders; if several have as many, the one whose holders most often have another link. */
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

/** Explains the enrolment of a person who holds a course by two or more teams: the first one on the course with the fewest links. */
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
