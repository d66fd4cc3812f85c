import type { Learner } from '../../src/index.js';
import { readCsv } from './read-csv.js';

/** A registration on a presentation of a module, and its result. */
export interface Registration {
  readonly learnerId: string;
  readonly courseId: string;
  readonly unregistered: boolean;
  readonly completed: boolean;
}

type Key = 'code_module' | 'code_presentation' | 'id_student';
type InfoRow = Record<Key | 'region' | 'highest_education' | 'age_band' | 'final_result', string>;

const courseOf = (row: Record<'code_module' | 'code_presentation', string>): string =>
  `${row.code_module} ${row.code_presentation}`;
const order = (row: InfoRow): string => `${row.code_presentation} ${row.code_module}`;

/** The university's module presentations, its students and their registrations. */
export function readOpenUniversity(): {
  readonly courses: readonly string[];
  readonly learners: readonly (Learner & { readonly profile: Record<'region' | 'education' | 'ageBand', string> })[];
  readonly registrations: readonly Registration[];
} {
  const info = readCsv<keyof InfoRow>('oulad/studentInfo');
  const latest = new Map<string, InfoRow>();
  for (const row of info) {
    const known = latest.get(row.id_student);
    if (!known || order(row) > order(known)) latest.set(row.id_student, row);
  }
  const results = new Map(info.map((row) => [`${row.id_student} ${courseOf(row)}`, row.final_result]));
  return {
    courses: readCsv<Exclude<Key, 'id_student'>>('oulad/courses').map(courseOf),
    learners: [...latest].map(([id, row]) => ({
      id,
      profile: { region: row.region, education: row.highest_education, ageBand: row.age_band },
    })),
    registrations: readCsv<Key | 'date_unregistration'>('oulad/studentRegistration').map((row) => ({
      learnerId: row.id_student,
      courseId: courseOf(row),
      unregistered: row.date_unregistration !== '',
      completed: ['Pass', 'Distinction'].includes(results.get(`${row.id_student} ${courseOf(row)}`)!),
    })),
  };
}
