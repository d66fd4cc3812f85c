import { all, any, type Edit, type Field, field, not } from '../../../../src/index.js';
import type { Change } from './tables.js';

export const FIELDS: readonly Field[] = [
  { id: 'site', type: 'text' },
  { id: 'grade', type: 'number' },
  { id: 'level', type: 'number' },
];

const person = (id: string, site: string, grade: number): Change => ({
  insert: 'people',
  row: [id, 1, JSON.stringify({ grade }), site],
});
const course = (id: string, method = 'by-assignment-only'): Change => ({ insert: 'courses', row: [id, id, method] });

/** Valid rows. */
export const ROWS: readonly Change[] = [
  ...[person('ada', 'Bristol', 7), person('ben', 'Bristol', 1), person('cleo', 'Leeds', 7), person('dan', 'Leeds', 2)],
  ...[person('eve', 'York', 1), person('fay', 'York', 8), person('gus', 'Bristol', 3)],
  { insert: 'facts', row: ['gus', 'level', '4'] },
  { insert: 'facts', row: ['fay', 'level', ' 2 '] },
  { insert: 'placed', row: ['eve', 'hand'] },
  ...[course('safety'), course('first-aid'), course('lead'), course('chess', 'open')],
  { insert: 'own', row: ['ben', 'first-aid'] },
  { insert: 'records', row: ['cleo', 'safety', 'completed', 0] },
  { insert: 'records', row: ['ben', 'safety', 'completed', 0] },
  { insert: 'records', row: ['gus', 'first-aid', 'started', 0] },
];

const south = (site: string): Edit => ({
  type: 'saveSegment',
  segment: { id: 'south', title: 'South', rule: any(field('site').equals(site), all(field('grade').gte(7))) },
});
const link = (id: string, segmentId: string, courseId: string): Edit => ({
  type: 'link',
  link: { id, segmentId, courseId },
});

/** The edits of an admin, one list after another. */
export const EDITS = {
  first: [
    south('Bristol'),
    { type: 'saveSegment', segment: { id: 'hand', title: 'By hand', rule: null } },
    {
      type: 'saveSegment',
      segment: { id: 'fit', title: 'Fit', rule: not(any(field('level').blank(), field('grade').lt(3))) },
    },
    link('south-safety', 'south', 'safety'),
    link('south-aid', 'south', 'first-aid'),
    link('hand-safety', 'hand', 'safety'),
    link('fit-lead', 'fit', 'lead'),
  ],
  second: [south('Leeds'), link('hand-lead', 'hand', 'lead')],
  third: [{ type: 'unlink', linkId: 'south-safety' }],
} as const satisfies Readonly<Record<string, readonly Edit[]>>;

/** Changes of the host's tables between the edits. */
export const MEANWHILE: readonly Change[] = [
  { update: 'people', set: 'site', to: 'Bristol', id: 'dan' },
  { update: 'people', set: 'site', to: 'York', id: 'gus' },
  person('ivy', 'Bristol', 9),
  { insert: 'placed', row: ['fay', 'hand'] },
];

/** Every learner who exists at some time. */
export const EVERYONE = ['ada', 'ben', 'cleo', 'dan', 'eve', 'fay', 'gus', 'ivy'];
