import { FIELDS } from './company.js';
import type { Poison } from './poison.js';
import { HUGE } from './poison.js';
import type { Change } from './tables.js';

const course = (id: string | null, title: string | null, method: string | null): Change[] => [
  { insert: 'courses', row: [id, title, method] },
];
const set = (column: string, to: string | null): Change[] => [{ update: 'courses', set: column, to, id: 'safety' }];
const harmless = (name: string, changes: readonly Change[]): Poison => ({ name, changes, fates: ['unaffected'] });
const freezing = (name: string, changes: readonly Change[]): Poison => ({
  ...{ name, changes, course: 'safety', inert: true, fates: ['unaffected'] },
});

/** Bad rows in the table of courses, and bad fields. */
export const poisonedCourses: readonly Poison[] = [
  harmless('a course without an id', course(null, 'No id', 'by-assignment-only')),
  harmless('a course whose id is empty', course('', 'Empty', 'by-assignment-only')),
  harmless('a course whose id is longer than any id', course('c'.repeat(2_500), 'Long', 'by-assignment-only')),
  harmless('a course of an unknown method', course('other', 'Other', 'by lottery')),
  harmless('a course without a method', course('other', 'Other', null)),
  harmless('a course with a title of 300 kB', set('title', HUGE)),
  harmless('a course with a title that is NULL', set('title', null)),
  harmless('a course twice, with the same method', course('safety', 'safety', 'by-assignment-only')),
  freezing('a course twice, with different titles', course('safety', 'Another', 'by-assignment-only')),
  freezing('a course twice, with different methods', course('safety', 'safety', 'open')),
  freezing('a course twice, once without a method', course('safety', 'safety', null)),
  freezing('a linked course without a method', set('method', null)),
  freezing('a linked course of an unknown method', set('method', 'by lottery')),
  freezing('a linked course that no longer exists', [{ remove: 'courses', id: 'safety' }]),
  {
    ...harmless('a field of unknown type', []),
    fields: [...FIELDS, { id: 'colour', type: 'colour' as never }],
  },
  { ...harmless('a field twice, with the same type', []), fields: [...FIELDS, FIELDS[0]!] },
];
