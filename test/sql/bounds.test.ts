import { expect, test } from 'vitest';
import { MAX_PARAMETERS, MAX_STATEMENT_LENGTH, type SqlDriver } from '../../src/sql/index.js';
import { isShortList, isWithinBounds, MAX_VALUES_BYTES } from '../../src/sql/pushdown/narrow-bounds.js';
import { isOneOf, MAX_IDS } from '../../src/sql/statement/dialect.js';
import { joined, raw, run, sql } from '../../src/sql/statement/fragment.js';
import { splitIds } from '../../src/sql/statement/split.js';

const db: SqlDriver = {
  ...{ dialect: 'mysql', inTransaction: false },
  query: async () => [],
  transaction: (work) => work(db),
};
const placeholders = (count: number) =>
  joined(
    Array.from({ length: count }, (_, i) => sql`${i}`),
    ', ',
  );

test('run accepts MAX_PARAMETERS parameters and rejects more', async () => {
  await expect(run(db, placeholders(MAX_PARAMETERS))).resolves.toEqual([]);
  await expect(run(db, placeholders(MAX_PARAMETERS + 1))).rejects.toThrow('MAX_PARAMETERS (10000)');
});

test('run accepts MAX_STATEMENT_LENGTH characters and rejects more', async () => {
  await expect(run(db, raw('x'.repeat(MAX_STATEMENT_LENGTH)))).resolves.toEqual([]);
  await expect(run(db, raw('x'.repeat(MAX_STATEMENT_LENGTH + 1)))).rejects.toThrow('MAX_STATEMENT_LENGTH (1000000)');
});

test('joined keeps the order of texts and parameters', () => {
  const all = joined([sql`a = ${1}`, raw('b'), sql`${2} = c`], ' AND ');
  expect([all.texts, all.parameters]).toEqual([
    ['a = ', ' AND b AND ', ' = c'],
    [1, 2],
  ]);
  expect(joined([], ', ').texts).toEqual(['']);
});

test('two padded lists of ids on MySQL fit a statement, and longer lists are split', () => {
  const ids = Array.from({ length: 10_000 }, (_, i) => String(i));
  const chunks = splitIds(ids);
  expect(chunks.flat().sort()).toEqual([...ids].sort());
  for (const some of chunks) {
    expect(some.length).toBeLessThanOrEqual(MAX_IDS);
    expect(2 * isOneOf('mysql', raw('id'), 'text', some).parameters.length).toBeLessThan(MAX_PARAMETERS);
  }
});

test('isWithinBounds rejects a condition with too many parameters, too much text or too many bytes of values', () => {
  expect(isWithinBounds(placeholders(MAX_PARAMETERS / 2))).toBe(true);
  expect(isWithinBounds(placeholders(MAX_PARAMETERS / 2 + 1))).toBe(false);
  expect(isWithinBounds(raw('x'.repeat(MAX_STATEMENT_LENGTH / 2 + 1)))).toBe(false);
  expect(isWithinBounds(sql`${'x'.repeat(4 * MAX_VALUES_BYTES + 1)}`)).toBe(false);
  expect(isShortList(['x'.repeat(MAX_VALUES_BYTES - 3)])).toBe(true);
  expect(isShortList(['x'.repeat(MAX_VALUES_BYTES - 3), 'y'])).toBe(false);
});
