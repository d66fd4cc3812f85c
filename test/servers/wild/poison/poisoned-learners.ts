import type { Poison } from './poison.js';
import { HUGE } from './poison.js';
import type { Change } from './tables.js';

const set = (column: string, to: string | number | null): Change[] => [
  { update: 'people', set: column, to, id: 'ada' },
];
const profile = (json: string | null): Pick<Poison, 'learner' | 'changes'> => ({
  learner: 'ada',
  changes: set('profile', json),
});
const stranger = (id: string | null): Pick<Poison, 'changes' | 'ids' | 'fates'> => ({
  changes: [{ insert: 'people', row: [id, 1, '{"grade": 9}', 'Bristol'] }],
  ids: id ? [id] : [],
  fates: ['unaffected'],
});
const again = (site: string): Pick<Poison, 'learner' | 'changes'> => ({
  learner: 'ada',
  changes: [{ insert: 'people', row: ['ada', 1, '{"grade": 7}', site] }],
});
const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;

/** Bad rows in the table of learners. */
export const poisonedLearners: readonly Poison[] = [
  { name: 'a learner without an id', ...stranger(null) },
  { name: 'a learner whose id is empty', ...stranger(''), ids: [] },
  { name: 'a learner whose id is longer than any id', ...stranger('i'.repeat(2_000)), ids: [], mayFail: true },
  { name: 'a learner whose id is SQL', ...stranger(`'); DROP TABLE people; --`) },
  { name: 'a learner whose id has a quote, a brace and a backslash', ...stranger('{"a\\,b"}') },
  { name: 'two equal rows of one learner', ...again('Bristol'), fates: ['blocked'] },
  { name: 'two different rows of one learner', ...again('York'), fates: ['blocked'] },
  {
    ...{
      name: 'one learner twice, through a view with a join',
      learner: 'ada',
      fates: ['blocked'],
      through: 'members',
    },
    changes: [1, 2].map(() => ({ insert: 'memberships', row: ['ada'] })),
  },
  { name: 'JSON that does not parse', ...profile('{"grade": 7'), fates: ['blocked'] },
  { name: 'an empty text instead of JSON', ...profile(''), fates: ['blocked', { as: set('profile', '{}') }] },
  { name: 'a JSON list instead of an object', ...profile('[]'), fates: ['blocked'] },
  { name: 'a JSON text instead of an object', ...profile('"grade"'), fates: ['blocked'] },
  { name: 'NULL instead of JSON', ...profile(null), fates: [{ as: set('profile', '{}') }] },
  { name: 'JSON of 300 kB', ...profile(`{"grade": 7, "essay": "${HUGE}"}`), fates: ['blocked'] },
  { name: 'JSON of 300 kB that does not parse', ...profile(`{"essay": "${HUGE}`), fates: ['blocked'] },
  { name: 'JSON of 5,000 nested lists', ...profile(`{"grade": ${deep}}`), fates: ['blocked'] },
  {
    ...{ name: 'JSON of 5,000 nested lists in a field that is not declared', ...profile(`{"grade": 7, "x": ${deep}}`) },
    fates: ['blocked', 'unaffected'],
  },
  { name: 'text in a number field', ...profile('{"grade": "high"}'), fates: ['blocked'] },
  { name: 'an object in a number field', ...profile('{"grade": {"value": 7}}'), fates: ['blocked'] },
  { name: 'a number that no double holds', ...profile('{"grade": 1e999}'), fates: ['blocked'] },
  { name: 'half of a surrogate pair in JSON', ...profile('{"grade": "\\ud800"}'), fates: ['blocked'] },
  { name: 'NUL in JSON', ...profile('{"grade": "\\u0000"}'), fates: ['blocked'] },
  {
    ...{ name: 'half of a surrogate pair in a field that is not declared' },
    ...profile('{"grade": 7, "note": "\\ud800", "\\u0000": 1}'),
    fates: ['unaffected', 'blocked'],
  },
  {
    ...{ name: 'JSON with a key named __proto__', ...profile('{"__proto__": {"grade": 9}}') },
    fates: [{ as: set('profile', '{}') }],
  },
  { name: 'a column of 300 kB', learner: 'ada', changes: set('site', HUGE), fates: ['blocked'] },
  { name: '7 in the column of who is active', learner: 'ada', changes: set('active', 7), fates: ['blocked'] },
  {
    ...{ name: 'NULL in the column of who is active', learner: 'ada', changes: set('active', null) },
    fates: ['unaffected', 'blocked', { as: set('active', 0) }],
  },
];
