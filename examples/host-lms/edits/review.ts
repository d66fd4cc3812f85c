import { randomUUID } from 'node:crypto';
import type { CourseId, Edit, LearnerDiff, LearnerId, Plan } from 'smart-enrolments';
import type { SqlDriver } from 'smart-enrolments/sql';
import type { Lms } from '../lms/lms.js';

/** Enrolments that stay although a link goes, and what holds them. */
export interface KeptBy {
  readonly links: readonly string[];
  readonly individual: boolean;
  readonly count: number;
}

/** A completed course that goes to the archive. */
export interface Archived {
  readonly learnerId: LearnerId;
  readonly courseId: CourseId;
}

/** An edit that waits for somebody's OK, with all that it would do. */
export interface Review {
  readonly id: string;
  readonly by: string;
  /** Said as what is to be done. */
  readonly todo: string;
  /** Said as what was done. */
  readonly what: string;
  /** Where it began, and where it ends. */
  readonly back: string;
  readonly plan: Plan;
  /** The first of those for whom something changes. */
  readonly who: readonly LearnerDiff[];
  /** The first of those whose completed course is archived. */
  readonly archived: readonly Archived[];
  readonly kept: readonly KeptBy[];
  /** Takes the place of one that the world has moved under. */
  readonly again?: boolean;
}

const SHOWN = 100;

/** Finds out what edits would do, and keeps it until it is approved. Throws what the library throws. */
export async function review(
  { db, enrolments }: Lms,
  about: Pick<Review, 'by' | 'todo' | 'what' | 'back' | 'again'>,
  edits: readonly Edit[],
): Promise<Review> {
  const who: LearnerDiff[] = [];
  const archived: Archived[] = [];
  const kept = new Map<string, KeptBy>();
  const plan = await enrolments.preview(edits, {
    onDiff(diffs) {
      who.push(...diffs.slice(0, SHOWN - who.length));
      for (const { learnerId, unenrolled } of diffs) {
        const going = unenrolled.filter(({ training }) => training === 'archive');
        archived.push(...going.slice(0, SHOWN - archived.length).map(({ courseId }) => ({ learnerId, courseId })));
      }
      for (const { by, individual } of diffs.flatMap((diff) => diff.kept)) {
        const key = JSON.stringify([by, individual]);
        kept.set(key, { links: by, individual, count: (kept.get(key)?.count ?? 0) + 1 });
      }
    },
  });
  const made: Review = { ...about, id: randomUUID(), plan, who, archived, kept: [...kept.values()] };
  await db.query("DELETE FROM reviews WHERE made_at < now() - interval '1 day'");
  await db.query('INSERT INTO reviews (id, body) VALUES ($1, $2)', [made.id, JSON.stringify(made)]);
  return made;
}

export async function getReview(db: SqlDriver, id: string): Promise<Review | undefined> {
  const [found] = await db.query<{ body: Review }>('SELECT body FROM reviews WHERE id = $1', [id]);
  return found?.body;
}

export async function forget(db: SqlDriver, { id }: Review): Promise<void> {
  await db.query('DELETE FROM reviews WHERE id = $1', [id]);
}
