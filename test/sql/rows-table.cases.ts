import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOneOf, rowsTable } from '../../src/sql/statement/dialect.js';
import { raw, sql } from '../../src/sql/statement/fragment.js';
import { select } from '../../src/sql/statement/select.js';
import { pgliteDriver } from './pglite-world.js';

/** Text that arrays and JSON escape, and any other text that can be stored. */
const text = fc.oneof(
  fc.constantFrom('', ' ', ',', '"', '\\', '{}', '{"a","b"}', 'NULL', 'null', '\\"', "'", '\n', '😀'),
  fc.string({ unit: 'grapheme', maxLength: 8 }).filter((value) => !value.includes('\0')),
);

test('rowsTable returns its rows unchanged and in order', async () => {
  const db = await pgliteDriver();
  const rows = fc.array(fc.record({ a: fc.option(text), n: fc.maxSafeInteger(), b: text }), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(rows, async (some) => {
      const table = rowsTable(db.dialect, { a: 'text', n: 'integer', b: 'text' }, some);
      const found = await select(db, [raw('a'), raw('n'), raw('b')], sql`FROM ${table}`);
      expect(found).toEqual(some.map(({ a, n, b }) => [a, n, b]));
    }),
  );
});

test('isOneOf is true of a text in the list, and of no text if the list is empty', async () => {
  const db = await pgliteDriver();
  await fc.assert(
    fc.asyncProperty(fc.array(text, { maxLength: 6 }), text, async (ids, other) => {
      const asked = [...ids, other, ''];
      const table = rowsTable(
        db.dialect,
        { id: 'text' },
        asked.map((id) => ({ id })),
      );
      const found = await select<[string]>(
        db,
        [raw('id')],
        sql`FROM ${table} WHERE ${isOneOf(db.dialect, raw('id'), 'text', ids)}`,
      );
      expect(found.flat()).toEqual(asked.filter((id) => ids.includes(id)));
    }),
  );
});
