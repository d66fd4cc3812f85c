import { BY_ASSIGNMENT_ONLY, type Field, field, linkCourses, saveSegment } from 'smart-enrolments';
import type { SqlDriver } from 'smart-enrolments/sql';
import type { LmsCourse } from '../lms/courses.js';
import type { Beginning } from './beginning.js';
import { insert, latest, type Row, read } from './data.js';

type NewCourse = Omit<LmsCourse, 'sections'>;

/** The current presentations; people are on these by their own registration. */
const RUNNING = '2014J';
/** Current modules with enrolment by registration only. */
const BY_REGISTRATION = ['AAA', 'GGG'];

const FIELDS: readonly Field[] = [
  { id: 'region', title: 'Region', type: 'text' },
  { id: 'education', title: 'Highest education', type: 'text' },
  { id: 'age', title: 'Age band', type: 'text' },
  { id: 'credits', title: 'Credits studied', type: 'number' },
  { id: 'disability', title: 'Disability declared', type: 'boolean' },
];

/** The Open University's people, modules, registrations and results (test/data/oulad), and two segments; the second one is already linked. */
export const OPEN_UNIVERSITY: Beginning = {
  organisation: {
    id: 'open-university',
    title: 'The Open University',
    credit:
      'People and results: Open University Learning Analytics Dataset, CC BY 4.0 (Kuzilek, Hlosta, Zdrahal, 2017).',
  },
  fill,
  edits: [
    saveSegment({ id: 'wales', title: 'Wales', rule: field('region').equals('Wales') }),
    {
      type: 'saveSegment',
      segment: { id: 'postgraduates', title: 'Postgraduates', rule: field('education').startsWith('Post Graduate') },
    },
    ...linkCourses('postgraduates', ['BBB-2014J', 'DDD-2013J']),
  ],
  learner: 648_369,
};

/** The courses of the current presentations. */
export function runningCourses(): NewCourse[] {
  return read('oulad/courses').filter(isRunning).map(asCourse);
}

async function fill(db: SqlDriver): Promise<void> {
  const students = read('oulad/studentInfo');
  const last = latest(students, ({ id_student: id }) => id!, order);
  // Current students, with everything that they studied before.
  const now = new Set(students.filter(isRunning).map((row) => row.id_student));
  const results = new Map(students.map((row) => [`${row.id_student} ${courseOf(row)}`, row.final_result!]));
  const registered = read('oulad/studentRegistration')
    .filter((row) => row.date_unregistration === '' && now.has(row.id_student))
    .map((row) => ({ person: Number(row.id_student), course: courseOf(row), running: isRunning(row) }));

  await insert(db, 'fields (id, title, type)', 'id text, title text, type text', FIELDS);
  await insert(
    db,
    'people (id, profile)',
    'id int, profile jsonb',
    [...last].filter(([id]) => now.has(id)).map(([id, row]) => ({ id: Number(id), profile: profileOf(row) })),
  );
  await insert(
    db,
    'courses (id, title, method)',
    'id text, title text, method text',
    read('oulad/courses').map(asCourse),
  );
  await insert(
    db,
    'individual_enrolments (person, course)',
    'person int, course text',
    registered.filter(({ running }) => running),
  );
  await insert(
    db,
    'training (person, course, status, done)',
    'person int, course text, status text, done int',
    registered.map(({ person, course }) => {
      const passed = ['Pass', 'Distinction'].includes(results.get(`${person} ${course}`)!);
      return { person, course, status: passed ? 'completed' : 'in-progress', done: passed ? 4 : 1 };
    }),
  );
}

const order = (row: Row): string => `${row.code_presentation} ${row.code_module}`;
const courseOf = (row: Row): string => `${row.code_module}-${row.code_presentation}`;
const isRunning = (row: Row): boolean => row.code_presentation === RUNNING;

function asCourse(row: Row): NewCourse {
  return { id: courseOf(row), title: titleOf(row), method: methodOf(row) };
}

function titleOf({ code_module: module, code_presentation: presentation = '' }: Row): string {
  return `Module ${module}, ${presentation.endsWith('B') ? 'February' : 'October'} ${presentation.slice(0, 4)}`;
}

function methodOf(row: Row): string {
  return isRunning(row) && BY_REGISTRATION.includes(row.code_module!) ? 'self-registration' : BY_ASSIGNMENT_ONLY;
}

function profileOf(row: Row): Record<string, unknown> {
  return {
    region: row.region,
    education: row.highest_education,
    age: row.age_band,
    credits: Number(row.studied_credits),
    disability: row.disability === 'Y',
  };
}
