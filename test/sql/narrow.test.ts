import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, test } from 'vitest';
import { fromPglite } from '../../src/sql/drivers/pglite.js';
import type { SqlDriver } from '../../src/sql/index.js';
import { makePeople, narrowsAsTheCore, SHAPES, tellsApartAsTheCore } from './narrowing.js';

let pglite: PGlite;
let db: SqlDriver;

beforeAll(async () => {
  pglite = await PGlite.create();
  db = fromPglite(pglite);
  await makePeople(db, 'n_');
});

afterAll(() => pglite.close());

test.each(SHAPES)('PGlite: whom a rule asks for is found, and nobody else, where profiles are %s', async (shape) => {
  await tellsApartAsTheCore(db, 'n_', shape);
  await narrowsAsTheCore(db, 'n_', shape);
});
