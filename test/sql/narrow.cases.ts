import { beforeAll, test } from 'vitest';
import type { SqlDriver } from '../../src/sql/index.js';
import { makePeople, narrowsAsTheCore, SHAPES, tellsApartAsTheCore } from './narrowing.js';
import { pgliteDriver } from './pglite-world.js';

let db: SqlDriver;

beforeAll(async () => {
  db = await pgliteDriver();
  await makePeople(db, 'n_');
});

test.each(SHAPES)('PGlite: whom a rule asks for is found, and nobody else, where profiles are %s', async (shape) => {
  await tellsApartAsTheCore(db, 'n_', shape);
  await narrowsAsTheCore(db, 'n_', shape);
});
