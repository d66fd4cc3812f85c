import { expect } from 'vitest';
import type { SqlDriver } from '../../../src/sql/index.js';

/**
 * Two transactions on MariaDB lock one row each, and then request the other's in a savepoint. MariaDB rolls back one of them as a whole,
 * which then continues: nothing of it may be committed.
 */
export async function expectNothingOfADeadlock(driver: SqlDriver, table: string): Promise<void> {
  await driver.query(`DROP TABLE IF EXISTS ${table}`);
  await driver.query(`CREATE TABLE ${table} (id integer PRIMARY KEY, n integer)`);
  await driver.query(`INSERT INTO ${table} VALUES (1, 0), (2, 0)`);
  const add = (id: number) => (tx: SqlDriver) => tx.query(`UPDATE ${table} SET n = n + 1 WHERE id = ?`, [id]);
  let arrived = 0;
  let meet: () => void = () => undefined;
  const met = new Promise<void>((resolve) => {
    meet = resolve;
  });
  const work = (first: number, second: number) => async (tx: SqlDriver) => {
    await add(first)(tx);
    if (++arrived === 2) meet();
    await met;
    await tx.transaction(add(second)).catch(() => undefined);
    await tx.query(`INSERT INTO ${table} VALUES (?, 0)`, [first + 10]).catch(() => undefined);
  };
  const ended = await Promise.allSettled([driver.transaction(work(1, 2)), driver.transaction(work(2, 1))]);
  const refused = ended.find((each) => each.status === 'rejected');
  expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(refused?.reason).toMatchObject({ errno: 1213 });
  const rows = await driver.query<{ n: number }>(`SELECT n FROM ${table} ORDER BY id`);
  expect(rows.map(({ n }) => n)).toEqual([1, 1, 0]);
  await driver.query(`DROP TABLE ${table}`);
}
