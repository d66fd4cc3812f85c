import { randomUUID } from 'node:crypto';
import type { CourseId, Edit, LearnerDiff, LearnerId, Plan } from 'smart-enrolments';
import type { SqlDriver } from 'smart-enrolments/sql';
import type { Lms } from '../lms/lms.js';

/** Enrolments that stay although a link is removed, and what holds them. */
export interface KeptBy {
  readonly links: readonly string[];
  readonly individual: boolean;
  readonly count: number;
}

/** A completed course whose record is archived. */
export interface Archived {
  readonly learnerId: LearnerId;
  readonly courseId: CourseId;
}

/** An edit that waits for approval, with everything that it would do. */
export interface Review {
  readonly id: string;
  readonly by: string;
  /** The description before approval. */
  readonly todo: string;
  /** The description after approval. */
  readonly what: string;
  /** The page where the edit began, which is shown again at its end. */
  readonly back: string;
  readonly plan: Plan;
  /** The first learners who change. */
  readonly who: readonly LearnerDiff[];
  /** The first learners whose completed course is archived. */
  readonly archived: readonly Archived[];
  readonly kept: readonly KeptBy[];
  /** Replaces a review that became stale. */
  readonly again?: boolean;
}

const SHOWN = 100;

/** Previews edits, and stores the review until it is approved. Throws what the library throws. */
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
