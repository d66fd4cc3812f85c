import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Learner, Scalar } from '../../../src/index.js';
import { type IdKind, type SqlDriver, sqlHost } from '../../../src/sql/index.js';
import { COLUMNS, IN_UTC, MESSY } from './as-stored-values.js';
import type { Open, Opened } from './opened.js';
import { KEY, runAll, tablesOf } from './tables.js';

/** Inserts a row as an application does that does not know the types of the columns. */
function insert(db: SqlDriver, table: string, id: Scalar, value: Scalar): Promise<unknown> {
  if (db.dialect !== 'postgres')
    return db.query(
      `INSERT INTO ${table} VALUES (?, ?)`,
      [id, value].map((one) => (typeof one === 'boolean' ? Number(one) : (one ?? null))),
    );
  const literals = [id, value].map((one) => (one === null ? 'NULL' : `'${String(one).replaceAll("'", "''")}'`));
  return db.query(`INSERT INTO ${table} VALUES (${literals.join()})`);
}

/** Ids that are stored, ids that are passed, and the ids that are returned for them. */
interface Ids {
  readonly ids: IdKind;
  readonly type: string;
  readonly stored: readonly string[];
  readonly given: readonly string[];
  readonly expected: readonly string[];
}

/** Cases that compare `asStored` with what an INSERT of the same values stores. */
export function describeAsStored(open: Open): void {
  let opened: Opened;
  let db: SqlDriver;
  let p: string;
  const written = (type: string, value: Scalar): Scalar =>
    db.dialect === 'mysql' && /^(?:DATETIME|TIMESTAMP)/u.test(type) ? (IN_UTC[String(value)] ?? value) : value;
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
      await runAll(db, p, [`DROP TYPE "$Mood" CASCADE`, `DROP DOMAIN $shorter CASCADE`, `DROP DOMAIN $short CASCADE`]);
    await opened.close();
  });

  test('asStored returns each value as an INSERT stores it', async () => {
    for (const [i, { column, field }] of COLUMNS[db.dialect].entries()) {
      const at = `${p}v${i}_`;
      const type = column.replaceAll('$', p);
      await runAll(db, at, [`CREATE TABLE $people (id ${KEY[db.dialect]} PRIMARY KEY, f ${type})`]);
      const fields = field && [{ id: 'f', type: field }];
      const host = sqlHost({ ...tablesOf(at, { columns: { f: 'f' } }), ...(fields && { fields }) });
      const learners = MESSY.map((f, n): Learner => ({ id: `u${n}`, profile: { f } }));
      const stored = await host.asStored!(db, learners);
      const inserted = await db.transaction(async (tx) => {
        const ids: string[] = [];
        for (const { id, profile } of learners) {
          await tx
            .transaction((inside) => insert(inside, `${at}people`, id, written(type, profile.f as Scalar)))
            .then(() => ids.push(id))
            .catch(() => undefined);
        }
        const found = await host.learners(tx, ids);
        expect(found.map(({ id }) => id).sort(), type).toEqual(ids.sort());
        return new Map(found.map((learner) => [learner.id, learner]));
      });
      const expected = learners.map(({ id }) => inserted.get(id) ?? refusedField(id, 'f'));
      const about = (list: readonly unknown[]) => list.map((one, n) => [MESSY[n], one]);
      expect(about(stored), type).toEqual(about(expected));
      const readable = stored.filter((learner) => 'profile' in learner);
      expect(await host.asStored!(db, readable), type).toEqual(readable);
    }
  });

  test('asStored returns an id as its column stores it, or the id of the existing row that the database considers equal', async () => {
    const { dialect } = db;
    const kinds: readonly Ids[] = [
      { ids: 'integer', type: 'INTEGER', stored: ['7'], given: ['007', '8', 'abc'], expected: ['7', '8', 'refused'] },
      {
        ...{ ids: 'uuid', type: { postgres: 'uuid', mysql: 'CHAR(36)', sqlite: 'TEXT' }[dialect] },
        stored: ['abcdef00-0000-4000-8000-00000000000a'],
        given: ['ABCDEF00-0000-4000-8000-00000000000A', 'abcdef00-0000-4000-8000-00000000000B', 'abc'],
        expected: ['abcdef00-0000-4000-8000-00000000000a', 'abcdef00-0000-4000-8000-00000000000b', 'refused'],
      },
      {
        ...{ ids: 'text', type: KEY[dialect], stored: ['Anna'], given: ['anna', 'ANNA', 'Bob'] },
        expected: dialect === 'postgres' ? ['anna', 'ANNA', 'Bob'] : ['Anna', 'Anna', 'Bob'],
      },
      {
        ...{ ids: 'text', type: 'CHAR(6)', stored: ['ab'], given: ['ab  ', ' ab', 'abcdefgh'] },
        expected: dialect === 'sqlite' ? ['ab  ', ' ab', 'abcdefgh'] : ['ab', ' ab', 'refused'],
      },
    ];
    for (const [i, { ids, type, stored, given, expected }] of kinds.entries()) {
      const at = `${p}i${i}_`;
      await runAll(db, at, [`CREATE TABLE $people (id ${type} PRIMARY KEY)`]);
      for (const id of stored) await db.query(`INSERT INTO ${at}people VALUES ('${id}')`);
      const host = sqlHost(tablesOf(at, { ids }));
      const found = await host.asStored!(
        db,
        given.map((id) => ({ id, profile: {} })),
      );
      expect(
        found.map((learner) => ('unreadable' in learner ? 'refused' : learner.id)),
        type,
      ).toEqual(expected);
      expect(await host.page(db, { limit: 9 })).toHaveLength(stored.length);
    }
  });

  test('a rejected value makes only its learner unreadable, and the reason names the field without the value', async () => {
    const { dialect } = db;
    const at = `${p}r_`;
    const grade = dialect === 'sqlite' ? 'INTEGER NOT NULL' : 'SMALLINT NOT NULL';
    await runAll(db, at, [
      `CREATE TABLE $people (id VARCHAR(8) PRIMARY KEY, grade ${grade}, note VARCHAR(200), team VARCHAR(200))`,
      `CREATE TABLE $placed (learner VARCHAR(8), segment VARCHAR(8) NOT NULL)`,
    ]);
    const host = sqlHost({
      ...tablesOf(at, { columns: { grade: 'grade', note: 'note', team: 'team' } }),
      placements: { table: `${at}placed`, learner: 'learner', segment: 'segment' },
    });
    const people = Array.from(
      { length: 2_500 },
      (_, n): Learner => ({ id: `u${n}`, profile: { grade: n % 100, note: 'n'.repeat(150), team: null } }),
    );
    const change = (n: number, learner: Partial<Learner>): void => {
      people[n] = { ...people[n]!, ...learner };
    };
    change(3, { profile: { grade: null } });
    change(5, { profile: { note: 'secret'.repeat(50_000) } });
    if (dialect !== 'sqlite') {
      change(7, { profile: { grade: 'secret', note: 'ok' } });
      change(2_400, { id: 'secretive', profile: {} });
      change(2_401, { segments: ['ok', 'secretive'] });
    }
    const found = await host.asStored!(db, people);
    expect(found.map(({ id }) => id)).toEqual(people.map(({ id }) => id));
    const refused = found.flatMap((one, n) => ('unreadable' in one ? [[n, one.unreadable]] : []));
    expect(refused).toEqual([
      [3, 'The column "grade" of the field "grade" does not accept NULL.'],
      [5, 'The profile is larger than 256 kB.'],
      ...(dialect === 'sqlite'
        ? []
        : [
            [7, 'The database does not accept the value of the field "grade".'],
            [2_400, 'The database does not accept the id.'],
            [2_401, 'The database does not accept the segments.'],
          ]),
    ]);
    expect(found[2_499]).toEqual(people[2_499]);
    expect(await host.page(db, { limit: 1 })).toEqual([]);
    if (dialect === 'sqlite') expect(await db.query('SELECT name FROM temp.sqlite_master')).toEqual([]);
  });

  test('asStored rejects with an error that is not about a value, and leaves no temporary table', async () => {
    const at = `${p}e_`;
    await runAll(db, at, [`CREATE TABLE $people (id VARCHAR(8) PRIMARY KEY)`]);
    const host = sqlHost(tablesOf(at));
    const failure = new Error('The server ran out of memory.');
    const failing = (on: SqlDriver): SqlDriver => ({
      ...on,
      query: async (text, parameters) => {
        if (/smart_enrolments_position(?! INT)/u.test(text) && /^(?:INSERT|SELECT)/u.test(text)) throw failure;
        return on.query(text, parameters);
      },
      transaction: (work) => on.transaction((tx) => work(failing(tx))),
    });
    const people = [{ id: 'a', profile: {} }];
    await expect(host.asStored!(failing(db), people)).rejects.toBe(failure);
    await db.transaction(async (tx) => {
      await expect(host.asStored!(failing(tx), people)).rejects.toBe(failure);
      if (db.dialect === 'mysql')
        await expect(tx.query('SELECT 1 FROM smart_enrolments_people')).rejects.toThrow("doesn't exist");
      expect(await host.asStored!(tx, people)).toEqual(people);
    });
    expect(await host.asStored!(db, [])).toEqual([]);
  });
}
