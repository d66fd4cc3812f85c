import type { Poison } from './poison.js';
import { HUGE } from './poison.js';
import type { Change, Table } from './tables.js';

type Row = readonly (string | number | null)[];
const insert = (table: Table, ...rows: readonly Row[]): Change[] => rows.map((row) => ({ insert: table, row }));
const about = (learner: string, table: Table, ...rows: readonly Row[]): Pick<Poison, 'learner' | 'changes'> => ({
  learner,
  changes: insert(table, ...rows),
});
const ofNoLearner = (name: string, table: Table, row: Row): Poison => ({
  ...{ name, changes: insert(table, row), fates: ['unaffected'] },
});
const ignored = 'unaffected' as const;

/** Bad rows in the table of values. */
const values: readonly Poison[] = [
  ofNoLearner('a value without a learner', 'facts', [null, 'level', '4']),
  ofNoLearner('a value of an unknown learner', 'facts', ['nobody', 'level', 'abc']),
  { name: 'a value without a field', ...about('ada', 'facts', ['ada', null, '4']), fates: [ignored, 'blocked'] },
  { name: 'a value that is NULL', ...about('ada', 'facts', ['ada', 'level', null]), fates: [ignored] },
  {
    name: 'text as the value of a number field',
    ...about('ada', 'facts', ['ada', 'level', 'abc']),
    fates: ['blocked'],
  },
  { name: 'a value of 300 kB', ...about('ada', 'facts', ['ada', 'level', HUGE]), fates: ['blocked'] },
  {
    ...{ name: 'a value of 300 kB of a field that is not declared', ...about('ada', 'facts', ['ada', 'essay', HUGE]) },
    fates: ['blocked', ignored],
  },
];

/** Bad rows in the table of placements. */
const placements: readonly Poison[] = [
  ofNoLearner('a placement without a learner', 'placed', [null, 'hand']),
  ofNoLearner('a placement of an unknown learner', 'placed', ['nobody', 'hand']),
  { name: 'a placement without a segment', ...about('ada', 'placed', ['ada', null]), fates: [ignored, 'blocked'] },
  { name: 'a placement in an unknown segment', ...about('ada', 'placed', ['ada', 'nowhere']), fates: [ignored] },
  { name: 'a placement in a segment in other case', ...about('ada', 'placed', ['ada', 'HAND']), fates: [ignored] },
  { name: 'a placement twice', ...about('eve', 'placed', ['eve', 'hand'], ['eve', 'hand']), fates: [ignored] },
  {
    ...{
      name: 'a placement in a segment whose id is longer than any',
      ...about('ada', 'placed', ['ada', 's'.repeat(2_500)]),
    },
    fates: [ignored, 'blocked'],
  },
];

/** Bad rows in the table of individual enrolments. */
const individual: readonly Poison[] = [
  ofNoLearner('an individual enrolment without a learner', 'own', [null, 'safety']),
  ofNoLearner('an individual enrolment of an unknown learner', 'own', ['nobody', 'safety']),
  { name: 'an individual enrolment without a course', ...about('ada', 'own', ['ada', null]), fates: ['blocked'] },
  { name: 'an individual enrolment on an unknown course', ...about('ada', 'own', ['ada', 'gone']), fates: [ignored] },
  { name: 'an individual enrolment twice', ...about('ben', 'own', ['ben', 'first-aid']), fates: [ignored] },
  {
    ...{ name: 'an individual enrolment of a learner in other case', ...about('ada', 'own', ['ADA', 'Safety']) },
    ...{ fates: [{ as: insert('own', ['ada', 'safety']) }], on: ['mysql'] },
  },
  {
    ...{ name: 'an individual enrolment of another learner, by case', ...about('ada', 'own', ['ADA', 'Safety']) },
    ...{ fates: [ignored], on: ['postgres', 'sqlite'] },
  },
];

const record = (...row: Row): Change[] => insert('records', ['ada', ...row]);

/** Bad rows in the table of training records. */
const training: readonly Poison[] = [
  ofNoLearner('a training record without a learner', 'records', [null, 'safety', 'completed', 0]),
  ofNoLearner('a training record of an unknown learner', 'records', ['nobody', 'safety', 'completed', 0]),
  {
    name: 'a training record without a course',
    learner: 'ada',
    changes: record(null, 'completed', 0),
    fates: ['blocked'],
  },
  {
    name: 'a training record of an unknown course',
    learner: 'ada',
    changes: record('gone', 'completed', 0),
    fates: [ignored],
  },
  {
    ...{ name: 'a retake: two live records, one completed', learner: 'ada' },
    changes: [...record('safety', 'completed', 0), ...record('safety', 'started', 0)],
    fates: [{ as: record('safety', 'completed', 0) }],
  },
  {
    ...{ name: 'two live records, none completed', learner: 'ada' },
    changes: [...record('safety', 'started', 0), ...record('safety', 'failed', 0)],
    fates: [{ as: record('safety', 'started', 0) }],
  },
  {
    ...{ name: 'a record without a status', learner: 'ada', changes: record('safety', null, 0) },
    fates: [{ as: record('safety', 'started', 0) }],
  },
  {
    ...{ name: 'a record with a status of 300 kB', learner: 'ada', changes: record('safety', HUGE, 0) },
    fates: ['blocked', { as: record('safety', 'started', 0) }],
  },
  {
    ...{
      name: 'a record with NULL as its archived flag',
      learner: 'ada',
      changes: record('safety', 'completed', null),
    },
    fates: [{ as: record('safety', 'completed', 0) }],
  },
  {
    ...{
      name: 'a record with 7 as its archived flag',
      learner: 'ada',
      changes: record('safety', 'completed', 7),
    },
    fates: ['blocked', ignored, { as: record('safety', 'completed', 0) }],
  },
  {
    ...{ name: 'a record of a learner in other case', ...about('ada', 'records', ['Ada ', 'SAFETY', 'completed', 0]) },
    ...{ fates: [{ as: record('safety', 'completed', 0) }], on: ['mysql'] },
  },
];

export const poisonedRows: readonly Poison[] = [...values, ...placements, ...individual, ...training];
