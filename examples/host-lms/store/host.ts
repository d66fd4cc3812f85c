import type { Field, LearnerDiff, Operation, WriteContext } from 'smart-enrolments';
import { type SqlDriver, type SqlHost, sqlHost } from 'smart-enrolments/sql';

/** The tables in which the library finds an organisation's people and courses, and what the LMS does when enrolments change. */
export function hostOf(organisation: string): SqlHost {
  const tenant = 'tenant';
  return sqlHost({
    tenant: organisation,
    learners: { table: 'people', tenant, id: 'id', ids: 'integer', active: 'active', json: 'profile' },
    fields: (db) => db.query<Field>('SELECT id, title, type FROM fields ORDER BY id'),
    courses: { table: 'courses', tenant, id: 'id', title: 'title', enrolmentMethod: 'method' },
    placements: { table: 'placements', tenant, learner: 'person', segment: 'segment' },
    individual: { table: 'individual_enrolments', tenant, learner: 'person', course: 'course' },
    training: {
      table: 'training',
      tenant,
      learner: 'person',
      course: 'course',
      status: 'status',
      archived: 'archived_at',
    },
    onWrite,
  });
}

async function onWrite(diffs: readonly LearnerDiff[], tx: SqlDriver, { operation }: WriteContext): Promise<void> {
  const started = diffs.flatMap(({ learnerId, enrolled }) =>
    enrolled.map(({ courseId, training }) => ({ person: Number(learnerId), course: courseId, training })),
  );
  const ended = diffs.flatMap(({ learnerId, unenrolled }) =>
    unenrolled.map(({ courseId, training, cause }) => ({
      person: Number(learnerId),
      course: courseId,
      training,
      cause,
    })),
  );
  const rows = 'jsonb_to_recordset($1::text::jsonb) AS r(person int, course text, training text)';
  await tx.query(
    `INSERT INTO training (person, course, status)
      SELECT person, course, 'not-started' FROM ${rows} WHERE training = 'start'`,
    [JSON.stringify(started)],
  );
  await tx.query(
    `UPDATE training AS t SET archived_at = now() FROM ${rows}
      WHERE t.person = r.person AND t.course = r.course AND t.archived_at IS NULL AND r.training = 'archive'`,
    [JSON.stringify(ended)],
  );
  await tx.query(`INSERT INTO smart_enrolments_now SELECT person, course FROM ${rows} ON CONFLICT DO NOTHING`, [
    JSON.stringify(started),
  ]);
  await tx.query(
    `DELETE FROM smart_enrolments_now AS n USING ${rows} WHERE n.person = r.person AND n.course = r.course`,
    [JSON.stringify(ended)],
  );
  await writeDown(diffs, tx, operation);
}

/** Records every change with its cause, for the activity page. */
async function writeDown(diffs: readonly LearnerDiff[], tx: SqlDriver, operation: Operation): Promise<void> {
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
