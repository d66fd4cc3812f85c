import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSmartEnrolments, type Learner, linkCourses, type Scalar } from '../../../src/index.js';
import { createSqlRepositories, type HostTables, migrate, type SqlDriver, sqlHost } from '../../../src/sql/index.js';
import { COLUMNS, MESSY } from './as-stored-values.js';
import type { Opened } from './rows.js';
import { KEY, runAll, TEXT, tablesOf } from './tables.js';

/** Inserts a row as an application does, which knows no type of a column. */
function insert(db: SqlDriver, table: string, id: Scalar, value: Scalar): Promise<unknown> {
  if (db.dialect !== 'postgres')
    return db.query(
      `INSERT INTO ${table} VALUES (?, ?)`,
      [id, value].map((one) => (typeof one === 'boolean' ? Number(one) : (one ?? null))),
    );
  const literals = [id, value].map((one) => (one === null ? 'NULL' : `'${String(one).replaceAll("'", "''")}'`));
  return db.query(`INSERT INTO ${table} VALUES (${literals.join()})`);
}

/** Cases of `asStored` beside what an INSERT of the same values stores. */
export function describeAsStored(open: () => Promise<Opened>): void {
  let opened: Opened;
  let db: SqlDriver;
  let p: string;
  const refusedField = (id: string, field: string) => ({
    ...{ id, unreadable: `The database does not accept the value of the field "${field}".` },
  });
  beforeAll(async () => {
    opened = await open();
    ({ db, prefix: p } = opened);
    if (db.dialect !== 'postgres') return;
    await runAll(db, p, [
      `CREATE TYPE "$Mood" AS ENUM ('happy', 'Sad')`,
      `CREATE DOMAIN $short AS varchar(6) CHECK (VALUE <> 'happy')`,
      `CREATE DOMAIN $shorter AS $short CHECK (VALUE <> '007')`,
    ]);
  });
  afterAll(async () => {
    if (db.dialect === 'postgres')
      await runAll(db, p, [
        `DO $x$ DECLARE t text; BEGIN FOR t IN SELECT tablename FROM pg_tables WHERE tablename LIKE '$v%' LOOP
          EXECUTE format('DROP TABLE %I', t); END LOOP; END $x$`
          .replaceAll('$x$', '#x#')
          .replaceAll('#x#', '$$x$$'),
      ]).catch(() => undefined);
    await opened.close();
  });

  test('each value is returned as the same value is once an INSERT has stored it', async () => {
    for (const [i, { column, field }] of COLUMNS[db.dialect].entries()) {
      const at = `${p}v${i}_`;
      const type = column.replaceAll('$', p);
      await runAll(db, at, [`CREATE TABLE $people (id ${KEY[db.dialect]} PRIMARY KEY, f ${type})`]);
      const fields = field && [{ id: 'f', type: field }];
      const host = sqlHost({ ...tablesOf(at, { columns: { f: 'f' } }), ...(fields && { fields }) });
      const learners = MESSY.map((f, n): Learner => ({ id: `u${n}`, profile: { f } }));
      const stored = await host.asStored!(db, learners);
      const expected = await db.transaction(async (tx) => {
        const found: unknown[] = [];
        for (const { id, profile } of learners) {
          const isStored = await tx
            .transaction((inside) => insert(inside, `${at}people`, id, profile.f as Scalar))
            .then(() => true)
            .catch(() => false);
          found.push(...(isStored ? await host.learners(tx, [id]) : [refusedField(id, 'f')]));
        }
        return found;
      });
      const about = (list: readonly unknown[]) => list.map((one, n) => [MESSY[n], one]);
      expect(about(stored), type).toEqual(about(expected));
    }
  });
}
