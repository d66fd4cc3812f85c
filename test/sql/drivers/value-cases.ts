import { describe, expect, test } from 'vitest';
import type { Given, Traits } from './driver-contract.js';
import { testIf } from './test-if.js';

const texts = [
  ['nothing', ''],
  ['quotes', `it's "quoted" \`so\``],
  ['what looks like placeholders', 'a ? $1 $2 :name ?? {} {0} @p1 %s'],
  ['backslashes', 'C:\\new\\? \\\\ \\'],
  ['emoji', '😀 é ü 漢字'],
  ['lines', 'one\n\ttwo\r\n'],
  ['a million characters', `${'x'.repeat(999_999)}'`],
] as const;

/** Values are sent and read back unchanged. */
export function valueCases(given: Given, traits: Traits): void {
  const castText = (): string => {
    const type = given.harness.driver.dialect === 'mysql' ? 'CHAR' : 'text';
    return `CAST(${given.mark(1)} AS ${type})`;
  };

  describe('values', () => {
    test.each(texts)('%s round-trips as a parameter, in and outside a transaction', async (_, text) => {
      const { driver, table } = given.harness;
      const [row] = await driver.query<{ j: string }>(`SELECT ${castText()} AS j`, [text]);
      expect(row?.j === text).toBe(true);
      await driver.transaction((tx) => given.insert(tx, 1, text));
      const stored = await driver.query<{ t: string }>(`SELECT t FROM ${table} WHERE t = ${given.mark(1)}`, [text]);
      expect(stored.length).toBe(1);
      expect(stored[0]?.t === text).toBe(true);
    });

    test('null and whole numbers are sent unchanged', async () => {
      const { driver, table } = given.harness;
      const text = async (value: number | null): Promise<unknown> =>
        (await driver.query<{ j: unknown }>(`SELECT ${castText()} AS j`, [value]))[0]?.j;
      expect([await text(null), await text(0), await text(-7), await text(1_700_000_000_000)]).toEqual([
        ...[null, '0', '-7', '1700000000000'],
      ]);
      await given.insert(driver, 2_147_483_647);
      const rows = await driver.query(`SELECT id AS j FROM ${table} WHERE id = ${given.mark(1)}`, [2_147_483_647]);
      expect(rows).toEqual([{ j: 2_147_483_647 }]);
    });

    test('JSON is encoded only once', async () => {
      const { driver } = given.harness;
      const json = JSON.stringify([{ a: `it's "so" \\ ?` }, { a: null }]);
      const text = {
        postgres: 'SELECT jsonb_typeof($1::text::jsonb) AS j, ($1::text::jsonb) -> 0 ->> $2 AS t',
        mysql: `SELECT LOWER(JSON_TYPE(?)) AS j, JSON_UNQUOTE(JSON_EXTRACT(?, '$[0].a')) AS t`,
        sqlite: `SELECT json_type(?) AS j, json_extract(?, '$[0].a') AS t`,
      }[driver.dialect];
      const rows = await driver.query(text, driver.dialect === 'postgres' ? [json, 'a'] : [json, json]);
      expect(rows).toEqual([{ j: 'array', t: `it's "so" \\ ?` }]);
    });

    testIf(traits.dialect === 'postgres')('a parameter may be used twice, and out of order', async () => {
      const { driver } = given.harness;
      const rows = await driver.query(`SELECT $2::text || $1::text || $2::text AS j, '$1' AS t`, ['a', 'b']);
      expect(rows).toEqual([{ j: 'bab', t: '$1' }]);
    });

    test('a statement without rows resolves with an empty list', async () => {
      const { driver, table } = given.harness;
      expect(await driver.query(`SELECT id FROM ${table}`)).toEqual([]);
      expect(await driver.query(`UPDATE ${table} SET t = ${given.mark(1)}`, ['x'])).toEqual([]);
      expect(await driver.query(`INSERT INTO ${table} (id, t) VALUES (1, NULL), (2, NULL)`)).toEqual([]);
      expect(await driver.query(`DELETE FROM ${table}`)).toEqual([]);
    });

    test('a statement can both write and return rows', async () => {
      const { driver, table } = given.harness;
      const rows = await driver.query(`INSERT INTO ${table} (id, t) VALUES (1, 'a'), (2, 'b') RETURNING id, t`);
      expect(rows).toEqual([
        { id: 1, t: 'a' },
        { id: 2, t: 'b' },
      ]);
      expect(await given.ids()).toEqual([1, 2]);
    });

    test('a large statement with one parameter can run repeatedly', async () => {
      const { driver } = given.harness;
      const text = `SELECT COUNT(*) AS j FROM (${Array.from({ length: 200 }, (_, i) => `SELECT ${i} AS n`).join(' UNION ALL ')}) AS s WHERE ${castText()} = 'x'`;
      for (let i = 0; i < 20; i++) expect(Number((await driver.query<{ j: unknown }>(text, ['x']))[0]?.j)).toBe(200);
    });

    test('concurrent statements all resolve', async () => {
      const { driver } = given.harness;
      const ask = async (text: string) =>
        (await driver.query<{ j: string }>(`SELECT ${castText()} AS j`, [text]))[0]?.j;
      expect(await Promise.all(['a', 'b', 'c', 'd'].map(ask))).toEqual(['a', 'b', 'c', 'd']);
    });

    test('a failed statement rejects with the error of the database', async () => {
      const { driver } = given.harness;
      const error = await driver.query('SELECT missing FROM nowhere').catch((caught: unknown) => caught);
      const { code, errno, message } = error as { code?: unknown; errno?: unknown; message: string };
      expect(message).toMatch(/nowhere/);
      if (driver.dialect === 'postgres') expect(code).toBe('42P01');
      if (driver.dialect === 'mysql') expect(errno).toBe(1146);
    });
  });
}
