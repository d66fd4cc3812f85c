import { expect, test } from 'vitest';
import { compileTypes } from './compile-types.js';
import { HAS_MIKRO_ORM } from './newer-node.js';

test.skipIf(!HAS_MIKRO_ORM)("fromMikroOrm accepts an EntityManager by MikroORM's own types", () => {
  expect(compileTypes('types/mikro-orm')).toBe('');
});
