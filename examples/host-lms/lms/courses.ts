import { BY_ASSIGNMENT_ONLY } from 'smart-enrolments';
import type { SqlDriver } from 'smart-enrolments/sql';

export const METHODS: Readonly<Record<string, string>> = {
  [BY_ASSIGNMENT_ONLY]: 'By assignment only',
  'self-registration': 'Self-registration',
  'on-request': 'On request, approved by an admin',
};

export interface LmsCourse {
  readonly id: string;
  readonly title: string;
  readonly method: string;
  readonly sections: number;
}

/** Returns the courses whose title or id contains a text. */
export function findCourses(db: SqlDriver, search = ''): Promise<LmsCourse[]> {
  return db.query<LmsCourse>(
    `SELECT id, title, method, sections FROM courses
      WHERE title ILIKE '%' || $1 || '%' OR id ILIKE '%' || $1 || '%' ORDER BY title`,
    [search.replace(/[\\%_]/g, '\\$&')],
  );
}

export async function getCourse(db: SqlDriver, id: string): Promise<LmsCourse | undefined> {
  const [course] = await db.query<LmsCourse>('SELECT id, title, method, sections FROM courses WHERE id = $1', [id]);
  return course;
}

/** Returns titles by id, for the pages. */
export async function courseTitles(db: SqlDriver): Promise<ReadonlyMap<string, string>> {
  return new Map((await findCourses(db)).map(({ id, title }) => [id, title]));
}

export async function saveCourse(db: SqlDriver, { id, title, method }: Omit<LmsCourse, 'sections'>): Promise<void> {
  await db.query('UPDATE courses SET title = $2, method = $3 WHERE id = $1', [id, title, method]);
}
