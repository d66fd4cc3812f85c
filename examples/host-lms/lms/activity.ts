import type { SqlDriver } from 'smart-enrolments/sql';

/** An operation, and the number of changes that followed. */
export interface Done {
  readonly id: string;
  readonly by: string;
  readonly what: string;
  readonly at: Date;
  readonly enrolled: number;
  readonly unenrolled: number;
  readonly archived: number;
  readonly kept: number;
}

/** A change that followed for one person on one course. */
export interface Change {
  readonly person: number;
  readonly name: string | null;
  readonly course: string;
  readonly title: string;
  readonly kind: 'enrolled' | 'unenrolled' | 'kept' | 'held';
  readonly cause: 'left-segment' | 'unlinked' | null;
  readonly training: 'start' | 'resume' | 'keep' | 'archive' | null;
}

export const AT_A_TIME = 50;

/** The number of all operations. */
export async function countDone(db: SqlDriver): Promise<number> {
  const [found] = await db.query<{ n: number }>('SELECT count(*)::int AS n FROM operations');
  return found?.n ?? 0;
}

/** Returns one operation. */
export async function getDone(db: SqlDriver, id: string): Promise<Done | undefined> {
  return (await doneLately(db, 1, id))[0];
}

/** Returns a page of operations, the newest first. */
export function doneLately(db: SqlDriver, page: number, id?: string): Promise<Done[]> {
  return db.query<Done>(
    `SELECT o.id, o.by, o.what, o.at,
            count(*) FILTER (WHERE kind = 'enrolled')::int AS enrolled,
            count(*) FILTER (WHERE kind = 'unenrolled')::int AS unenrolled,
            count(*) FILTER (WHERE training = 'archive')::int AS archived,
            count(*) FILTER (WHERE kind IN ('kept', 'held'))::int AS kept
       FROM (SELECT * FROM operations WHERE $1::text IS NULL OR id = $1 ORDER BY no DESC
              LIMIT ${AT_A_TIME} OFFSET $2::int) AS o
       JOIN changes AS c ON c.operation = o.id
      GROUP BY o.id, o.by, o.what, o.at, o.no ORDER BY o.no DESC`,
    [id ?? null, (page - 1) * AT_A_TIME],
  );
}

/** Returns a page of the changes that followed from one operation, in their order. */
export function changesOf(db: SqlDriver, operation: string, page: number): Promise<Change[]> {
  return db.query<Change>(
    `SELECT c.person, p.name, c.course, coalesce(k.title, c.course) AS title, c.kind, c.cause, c.training
       FROM changes AS c LEFT JOIN people AS p ON p.id = c.person LEFT JOIN courses AS k ON k.id = c.course
      WHERE c.operation = $1 ORDER BY c.no LIMIT ${AT_A_TIME} OFFSET $2::int`,
    [operation, (page - 1) * AT_A_TIME],
  );
}
