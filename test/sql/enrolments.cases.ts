import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { field, linkCourses, type SmartEnrolments, saveSegment } from '../../src/index.js';
import { createSqlEnrolments, fromPglite, type SqlDriver, type SqlEnrolments, sqlHost } from '../../src/sql/index.js';
import { counted, type Sent } from './counted.js';
import { makeLms } from './lms.js';
import { lmsTables } from './lms-tables.js';
import { pgliteClient, pgliteDriver } from './pglite-world.js';

let db: SqlDriver;
let sent: Sent;
let enrolments: SqlEnrolments;
const host = sqlHost({ ...lmsTables('n_'), fields: [{ id: 'site', type: 'text' }] });
const PEOPLE = Array.from({ length: 1_000 }, (_, i) => `u${i + 1}`);
const linkD = linkCourses('s', ['d']);
const unlinkD = { type: 'unlink', linkId: linkD[0]!.link.id } as const;

beforeAll(async () => {
  db = await pgliteDriver();
  sent = { count: 0, texts: [] };
  await makeLms(db, 'n_');
  await db.query(`INSERT INTO n_courses (id, method) VALUES ('c', 'by-assignment-only'), ('d', 'by-assignment-only')`);
  await db.query(
    `INSERT INTO n_users (id, active, profile) SELECT 'u' || n, 1, '{"site":"Leeds"}' FROM generate_series(1, 1000) n`,
  );
  enrolments = createSqlEnrolments({ driver: counted(db, sent), host, prefix: 'n_se_' });
  const segment = saveSegment({ id: 's', title: 'S', rule: field('site').equals('Leeds') });
  await enrolments.apply([segment, ...linkCourses('s', ['c'])]);
});

const undo = new Error('undo');

/** Runs work in a transaction that the host begins on PGlite itself, and rolls it back. */
async function inHosts(work: (tx: SqlDriver) => Promise<void>): Promise<void> {
  const client = await pgliteClient();
  const running = client.transaction(async (tx) => {
    await work(fromPglite(tx));
    throw undo;
  });
  await expect(running).rejects.toBe(undo);
}

describe('createSqlEnrolments', () => {
  test("within runs every operation in the host's transaction, and a rollback undoes all of it", async () => {
    await inHosts(async (tx) => {
      await tx.query(`UPDATE n_users SET profile = '{"site":"York"}' WHERE id = 'u7'`);
      const inside = enrolments.within(tx, { edits: true });
      expect((await inside.learnersChanged(['u7'])).summary.unenrolled).toBe(1);
      expect((await inside.apply(linkD)).summary.enrolled).toBe(999);
      expect((await inside.explain('u7', 'c')).enrolled).toBe(false);
    });
    expect((await enrolments.explain('u7', 'c')).enrolled).toBe(true);
    expect((await enrolments.explain('u8', 'd')).enrolled).toBe(false);
    expect((await enrolments.reconcile()).summary.learners).toBe(0);
  });

  test.each(['explain', 'preview'] as const)(
    'numbers that the host rolls back to a savepoint are allocated again, although %s has read them',
    async (reading) => {
      await inHosts(async (tx) => {
        const inside = enrolments.within(tx, { edits: true });
        await tx.query('SAVEPOINT hosts');
        await inside.apply(linkD);
        if (reading === 'explain') expect((await inside.explain('u8', 'd')).enrolled).toBe(true);
        else expect((await inside.preview(unlinkD)).summary.unenrolled).toBe(1_000);
        await tx.query('ROLLBACK TO SAVEPOINT hosts');
        expect((await inside.apply(linkD)).summary.enrolled).toBe(1_000);
        const others = enrolments.within(tx);
        expect((await others.explain('u8', 'd')).enrolled).toBe(true);
        expect(await tx.query(`SELECT 1 AS one FROM n_se_pairs WHERE course_id = 'd'`)).toHaveLength(1);
      });
    },
  );

  test('all calls of one within count towards the most learners that may be locked', async () => {
    const few = createSqlEnrolments({ driver: db, host, prefix: 'n_se_', mostLockedByHost: 15 });
    const ten = (from: number) => PEOPLE.slice(from, from + 10);
    await inHosts(async (tx) => {
      const inside = few.within(tx);
      await inside.learnersChanged(ten(0));
      await inside.learnersChanged(ten(0));
      await expect(inside.learnersChanged(ten(10))).rejects.toMatchObject({
        cause: { message: expect.stringContaining('more than 15 learners') },
      });
    });
  });

  test('a missing table is reported, not that the transaction was aborted by it', async () => {
    const without = createSqlEnrolments({ driver: db, host, prefix: 'none_' });
    await inHosts(async (tx) => {
      await expect(without.within(tx).learnersChanged(['u1'])).rejects.toMatchObject({
        cause: { message: expect.stringContaining('A table is missing. Run migrate(driver') },
      });
    });
  });

  test("a copy of a driver in a host's transaction gets the advice for one", async () => {
    await inHosts(async (tx) => {
      const deadlock = Object.assign(new Error('deadlock detected'), { code: '40P01' });
      const copy: SqlDriver = {
        ...{ dialect: tx.dialect, inTransaction: true },
        query: () => Promise.reject(deadlock),
        transaction: (work) => tx.transaction(() => work(copy)),
      };
      await expect(enrolments.within(copy).learnersChanged(['u1'])).rejects.toMatchObject({
        details: { inHostsTransaction: true },
        message: expect.not.stringContaining('settle'),
        cause: { message: expect.stringContaining('The database rolled back your transaction') },
      });
    });
  });

  test('within shares the catalog that is cached: a notice reads no segments and no links again', async () => {
    await enrolments.explain('u1', 'c');
    await inHosts(async (tx) => {
      sent.texts.length = 0;
      await enrolments.within(counted(tx, sent)).learnersChanged(['u1']);
    });
    expect(sent.texts.filter((text) => /n_se_(?:links|segments)/u.test(text))).toEqual([]);
  });

  test('edits: true makes every lock of the catalog exclusive', async () => {
    const locks = async (edits: boolean): Promise<boolean[]> => {
      sent.texts.length = 0;
      await inHosts(async (tx) => {
        const inside = enrolments.within(counted(tx, sent), { edits });
        await inside.learnersChanged(['u1']);
        await inside.explain('u1', 'c');
      });
      return sent.texts.filter((text) => text.includes('advisory')).map((text) => !text.includes('shared'));
    };
    expect(await locks(true)).toEqual([true, true]);
    expect(await locks(false)).toEqual([false, false]);
  });

  test.each([
    ['the database', () => [db]],
    ['a driver for another database', () => [{ ...db, inTransaction: true, dialect: 'mysql' }]],
    ['an unknown option', () => [{ ...db, inTransaction: true }, { edit: true }]],
    ['an option of a wrong type', () => [{ ...db, inTransaction: true }, { edits: 'yes' }]],
  ])('within rejects %s', (_, given) => {
    expect(() => enrolments.within(...(given() as [SqlDriver]))).toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    );
  });

  test('one error lists the issues of both the repositories and the engine', () => {
    const options = { driver: db, host, prefix: '1', batchSize: 0 };
    const create = () => createSqlEnrolments(options);
    const paths = [['prefix'], ['batchSize']].map((path) => expect.objectContaining({ path }));
    expect(create).toThrow(expect.objectContaining({ details: { issues: paths } }));
  });
});

describe('statements', () => {
  const guide = readFileSync(new URL('../../docs/on-sql.md', import.meta.url), 'utf8');
  const rows = [...guide.matchAll(/^\| ([^|]+) \| (\d+) \| (\d+) \|$/gmu)].map(([, name, own, inside]) => [
    name!,
    Number(own),
    Number(inside),
  ]);
  const move = (site: string) => (tx: SqlDriver) =>
    tx.query(`UPDATE n_users SET profile = '{"site":"${site}"}' WHERE id = 'u1'`);
  type Operation = readonly [(all: SmartEnrolments) => Promise<unknown>, prepare?: (tx: SqlDriver) => Promise<unknown>];
  const operations: Readonly<Record<string, Operation>> = {
    'a notice of one learner, who keeps all': [(all) => all.learnersChanged(['u1'])],
    'a notice of one learner, whose enrolments change': [(all) => all.learnersChanged(['u1']), move('York')],
    'a notice of 1,000 learners': [(all) => all.learnersChanged(PEOPLE), move('Leeds')],
    'a reconcile of 1,000 learners': [(all) => all.reconcile()],
    '`explain`': [(all) => all.explain('u1', 'c')],
    'the preview of a link with 1,000 learners': [(all) => all.preview(linkD)],
    'linking a course to 1,000 learners': [(all) => all.apply(linkD)],
    'unlinking it': [(all) => all.apply(unlinkD)],
  };

  test('the guide lists as many statements for each operation as it sends, in its own transactions and in one of the host', async () => {
    const count = async (all: SmartEnrolments, operation: Operation[0]): Promise<number> => {
      sent.count = 0;
      await operation(all);
      return sent.count;
    };
    const measured = new Map<string, number[]>();
    for (const [name, [operation, prepare]] of Object.entries(operations)) {
      await prepare?.(db);
      measured.set(name, [await count(enrolments, operation)]);
    }
    await inHosts(async (tx) => {
      const inside = enrolments.within(counted(tx, sent));
      for (const [name, [operation, prepare]] of Object.entries(operations)) {
        await prepare?.(tx);
        measured.get(name)!.push(await count(inside, operation));
      }
    });
    expect([...measured].map(([name, counts]) => [name, ...counts])).toEqual(rows);
  });
});
