import { beforeAll, expect, test } from 'vitest';
import { field } from '../../src/core.js';
import { type SqlDriver, sqlHost } from '../../src/sql/index.js';
import { makePeople, narrowsAsTheCore, SHAPES, tellsApartAsTheCore } from './narrowing.js';
import { pgliteDriver } from './pglite-world.js';

let db: SqlDriver;

beforeAll(async () => {
  db = await pgliteDriver();
  await makePeople(db, 'n_');
});

test.each(SHAPES)('PGlite finds exactly the learners who match a rule, with profiles in %s', async (shape) => {
  await tellsApartAsTheCore(db, 'n_', shape);
  await narrowsAsTheCore(db, 'n_', shape);
});

test.each(['text', 'json', 'jsonb'])(
  'every rule finds the PGlite profiles of type %s that cannot be read',
  async (type) => {
    await db.query('DROP TABLE IF EXISTS n_poisoned');
    await db.query(`CREATE TABLE n_poisoned (id int PRIMARY KEY, profile ${type})`);
    const profiles = [
      '{"a": "b"}',
      '{"a": "c"}',
      '[1]',
      '{"a": "d"}',
      ...(type === 'jsonb' ? [] : ['{"a": "\\u0000"}']),
    ];
    if (type === 'text') profiles.push('{"a":', '');
    for (const [i, profile] of profiles.entries())
      await db.query(`INSERT INTO n_poisoned VALUES ($1, $2::text::${type})`, [i, profile]);
    const host = sqlHost({
      learners: { table: 'n_poisoned', id: 'id', ids: 'integer', json: 'profile' },
      fields: [{ id: 'a', type: 'text' }],
      courses: { table: 'n_poisoned', id: 'id', enrolmentMethod: 'id' },
    });
    const matching = { rule: field('a').equals('b'), placedIn: [] };
    const found = await host.page(db, { limit: 100, matching, idsOnly: true });
    expect(found.map(({ id }) => Number(id))).toEqual([0, 2, ...profiles.flatMap((_, i) => (i > 3 ? [i] : []))]);
  },
);
