import type { Field, LearnerDiff, WriteContext } from 'smart-enrolments';
import { type SqlDriver, type SqlHost, sqlHost } from 'smart-enrolments/sql';

/** An organisation's people and courses, the tables of enrolments and training records that the library keeps, and the LMS's record of each change. */
export function hostOf(organisation: string): SqlHost {
  const tenant = 'tenant';
  return sqlHost({
    tenant: organisation,
    learners: { table: 'people', tenant, id: 'id', ids: 'integer', active: 'active', json: 'profile' },
    fields: (db) => db.query<Field>('SELECT id, title, type FROM fields ORDER BY id'),
    courses: { table: 'courses', tenant, id: 'id', title: 'title', enrolmentMethod: 'method' },
    placements: { table: 'placements', tenant, learner: 'person', segment: 'segment' },
    individual: { table: 'individual_enrolments', tenant, learner: 'person', course: 'course' },
    enrolments: { table: 'smart_enrolments_now', tenant, learner: 'person', course: 'course' },
    training: {
      table: 'training',
      tenant,
      learner: 'person',
      course: 'course',
      status: 'status',
      archived: 'archived_at',
      keep: { status: 'not-started' },
    },
    onWrite,
  });
}

/** Records every change with its cause, for the activity page. */
async function onWrite(diffs: readonly LearnerDiff[], tx: SqlDriver, { operation }: WriteContext): Promise<void> {
  const { id, actor = 'the LMS', reason = operation.kind } = operation;
  await tx.query('INSERT INTO operations (id, by, what) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING', [
    id,
    actor,
    reason,
  ]);
  const changes = diffs.flatMap(({ learnerId, enrolled, unenrolled, kept, assigned }) => {
    const person = Number(learnerId);
    const begun = new Set(enrolled.map(({ courseId }) => courseId));
    return [
      ...enrolled.map(({ courseId: course, training }) => ({ person, course, kind: 'enrolled', training })),
      ...unenrolled.map(({ courseId: course, training, cause }) => {
        return { person, course, kind: 'unenrolled', training, cause };
      }),
      ...kept.map(({ courseId: course }) => ({ person, course, kind: 'kept' })),
      ...assigned
        .filter(({ courseId }) => !begun.has(courseId))
        .map(({ courseId: course }) => ({ person, course, kind: 'held' })),
    ];
  });
  await tx.query(
    `INSERT INTO changes (operation, person, course, kind, cause, training)
      SELECT $2, person, course, kind, cause, training
        FROM jsonb_to_recordset($1::text::jsonb) AS r(person int, course text, kind text, cause text, training text)`,
    [JSON.stringify(changes), id],
  );
}
