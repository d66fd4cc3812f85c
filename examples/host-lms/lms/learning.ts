import type { SqlDriver } from 'smart-enrolments/sql';

/** A course that a person is or was enrolled on. */
export interface Learning {
  readonly course: string;
  readonly title: string;
  readonly sections: number;
  readonly individual: boolean;
  readonly smart: boolean;
  readonly status: 'not-started' | 'in-progress' | 'completed';
  readonly done: number;
  readonly archived: boolean;
}

/** Returns everything that a person studies or studied: enrolments with their records, then records without an enrolment. */
export function learningOf(db: SqlDriver, person: number): Promise<Learning[]> {
  return db.query<Learning>(
    `SELECT c.id AS course, c.title, c.sections, i.course IS NOT NULL AS individual, s.course IS NOT NULL AS smart,
            coalesce(t.status, 'not-started') AS status, coalesce(t.done, 0) AS done, t.archived_at IS NOT NULL AS archived
       FROM courses AS c
       LEFT JOIN training AS t ON t.course = c.id AND t.person = $1
       LEFT JOIN individual_enrolments AS i ON i.course = c.id AND i.person = $1 AND t.archived_at IS NULL
       LEFT JOIN smart_enrolments_now AS s ON s.course = c.id AND s.person = $1 AND t.archived_at IS NULL
      WHERE t.id IS NOT NULL OR i.course IS NOT NULL OR s.course IS NOT NULL
      ORDER BY c.title, t.archived_at`,
    [person],
  );
}

/** Whether a person may open a course. */
export function isEnrolled({ individual, smart }: Learning): boolean {
  return individual || smart;
}

/** Records the number of finished sections; the last one completes the course. */
export async function recordProgress(db: SqlDriver, person: number, course: string, done: number): Promise<void> {
  await db.query(
    `UPDATE training AS t SET done = $3::int,
            status = CASE WHEN $3::int >= c.sections THEN 'completed' ELSE 'in-progress' END
       FROM courses AS c WHERE c.id = t.course AND t.person = $1 AND t.course = $2 AND t.archived_at IS NULL`,
    [person, course, done],
  );
}

/** Enrols a person individually on behalf of an admin. The caller has to notify the library afterwards. */
export async function enrolIndividually(db: SqlDriver, person: number, course: string): Promise<void> {
  await db.query('INSERT INTO individual_enrolments VALUES ($1, $2) ON CONFLICT DO NOTHING', [person, course]);
  await db.query(
    `INSERT INTO training (person, course, status) VALUES ($1, $2, 'not-started')
      ON CONFLICT (tenant, person, course) WHERE archived_at IS NULL DO NOTHING`,
    [person, course],
  );
}

export async function unenrolIndividually(db: SqlDriver, person: number, course: string): Promise<void> {
  await db.query('DELETE FROM individual_enrolments WHERE person = $1 AND course = $2', [person, course]);
}
