import { beforeAll, describe, expect, test } from 'vitest';
import { createSmartEnrolments, type LearnerDiff, linkCourses } from '../../src/index.js';
import {
  createSqlRepositories,
  type SqlDriver,
  type SqlHost,
  type SqlRepositoriesOptions,
  sqlHost,
} from '../../src/sql/index.js';
import { readable } from '../../src/testkit/readable.js';
import { CONTEXT } from '../../src/testkit/store.js';
import { makeLms } from './lms.js';
import { lmsTables } from './lms-tables.js';
import { pgliteDriver } from './pglite-world.js';

let db: SqlDriver;
let host: SqlHost;
const prefix = 'h_se_';
const everyone = { type: 'saveSegment', segment: { id: 's', title: 'S', rule: { everyone: true } } } as const;

beforeAll(async () => {
  db = await pgliteDriver();
  await makeLms(db, 'h_');
  host = sqlHost({ ...lmsTables('h_'), fields: [{ id: 'site', type: 'text' }] });
  await db.query(`INSERT INTO h_courses (id, method) VALUES ('c', 'by-assignment-only'), ('d', 'by-assignment-only')`);
  await db.query(`INSERT INTO h_users (id, active, profile) SELECT 'u' || n, 1, '{}' FROM generate_series(1, 30) n`);
  await smart(db).apply([everyone, ...linkCourses('s', ['c'])]);
});

function smart(driver: SqlDriver, options: Omit<Partial<SqlRepositoriesOptions>, 'driver'> = {}) {
  return createSmartEnrolments(createSqlRepositories({ driver, host, prefix, ...options }), { batchSize: 10 });
}

async function holdersOf(courseId: string): Promise<number> {
  const { enrolments } = createSqlRepositories({ driver: db, host, prefix });
  const ids = await enrolments.holders({ limit: 1_000 });
  const rows = readable(await enrolments.read(ids, { courses: [courseId] }));
  return rows.filter(({ assignments }) => assignments.length > 0).length;
}

const rollback = new Error('the host changes its mind');
const undoing = (work: (tx: SqlDriver) => Promise<unknown>): Promise<void> =>
  db.transaction(async (tx) => {
    await work(tx);
    throw rollback;
  });

describe('inside a transaction of the host', () => {
  test("rolling back a host's transaction undoes the edit, its settling and everything else", async () => {
    const before = await createSqlRepositories({ driver: db, host, prefix }).catalog.load();
    const run = undoing(async (tx) => {
      await tx.query(`INSERT INTO h_users (id, active, profile) VALUES ('new', 1, '{}')`);
      const { summary } = await smart(tx).apply(linkCourses('s', ['d']));
      expect([summary.learners, summary.enrolled]).toEqual([31, 31]);
    });
    await expect(run).rejects.toBe(rollback);
    expect(await createSqlRepositories({ driver: db, host, prefix }).catalog.load()).toEqual(before);
    expect([await holdersOf('c'), await holdersOf('d')]).toEqual([30, 0]);
  });

  test('numbers that were rolled back are allocated again, and cached ones are not used', async () => {
    const repositories = createSqlRepositories({ driver: db, host, prefix });
    const link = linkCourses('s', ['d']);
    await expect(
      undoing((tx) => createSmartEnrolments(createSqlRepositories({ driver: tx, host, prefix })).apply(link)),
    ).rejects.toBe(rollback);
    await createSmartEnrolments(repositories).apply(link);
    expect(await holdersOf('d')).toBe(30);
    await createSmartEnrolments(repositories).apply({
      type: 'unlink',
      linkId: link[0]!.type === 'link' ? link[0]!.link.id : '',
    });
    expect(await holdersOf('d')).toBe(0);
  });

  test("a host's own savepoint that is rolled back is rolled back for the library too", async () => {
    await db.transaction(async (tx) => {
      const inside = smart(tx);
      await tx.query('UPDATE h_users SET active = 0');
      await expect(
        tx.transaction(async (savepoint) => {
          await smart(savepoint).apply(linkCourses('s', ['d']));
          throw rollback;
        }),
      ).rejects.toBe(rollback);
      await tx.query('UPDATE h_users SET active = 1');
      const { summary } = await inside.reconcile();
      expect(summary.learners).toBe(0);
    });
    expect(await holdersOf('d')).toBe(0);
  });

  test('an isolation level that does not see concurrent commits is rejected', async () => {
    const run = db.transaction(async (tx) => {
      await smart({ ...bare(tx), query: pretending(tx, 'repeatable read') }).learnersChanged(['u1']);
    });
    await expect(run).rejects.toMatchObject({
      cause: { message: expect.stringContaining('Begin it as READ COMMITTED') },
    });
  });

  test("an operation that would lock too many learners in a host's transaction is rejected, with the advice to run it outside", async () => {
    const run = db.transaction((tx) => smart(tx, { mostLockedByHost: 15 }).apply(linkCourses('s', ['d'])));
    await expect(run).rejects.toMatchObject({
      cause: { message: expect.stringContaining('run this operation outside a transaction') },
    });
    expect(await holdersOf('d')).toBe(0);
  });

  test('a learner who is locked twice counts once', async () => {
    const run = undoing(async (tx) => {
      const library = smart(tx, { mostLockedByHost: 15 });
      const ids = Array.from({ length: 10 }, (_, i) => `u${i}`);
      await library.learnersChanged(ids);
      await library.learnersChanged(ids);
    });
    await expect(run).rejects.toBe(rollback);
  });

  test('onWrite runs in the same transaction, with the diffs of a batch', async () => {
    const seen: LearnerDiff[] = [];
    const noting: SqlHost = {
      ...host,
      async onWrite(diffs, tx) {
        expect(tx.inTransaction).toBe(true);
        await tx.query(`INSERT INTO h_individual (user_id, course_id) VALUES ('outbox', 'note')`);
        seen.push(...diffs);
        if (seen.length > 10) throw lost;
      },
    };
    const lost = Object.assign(new Error('the connection was lost'), { code: 'ECONNRESET' });
    const run = smart(db, { host: noting, concurrency: 1 }).apply(linkCourses('s', ['d']));
    await expect(run).rejects.toMatchObject({ code: 'repository_failed', cause: lost });
    const [kept] = await db.query<{ n: string }>(`SELECT count(*) AS n FROM h_individual WHERE user_id = 'outbox'`);
    // The first batch was committed with its note; the second was rolled back with its own.
    expect([seen.length, Number(kept!.n), await holdersOf('d')]).toEqual([20, 1, 10]);
    expect((await smart(db).settle()).summary.enrolled).toBe(20);
  });

  test('tables from different backups are an error that lists the missing numbers', async () => {
    const run = undoing(async (tx) => {
      await tx.query(`UPDATE ${prefix}learners SET held = '987654' WHERE learner_id = 'u1'`);
      await expect(smart(tx).learnersChanged(['u1'])).rejects.toMatchObject({
        code: 'repository_failed',
        cause: { message: expect.stringContaining('not in the table of pairs (987654)') },
      });
    });
    await expect(run).rejects.toBe(rollback);
  });

  test('onWrite is given the diffs, the transaction and the context of the write', async () => {
    const given: unknown[] = [];
    const recording: SqlHost = {
      ...host,
      async onWrite(diffs, tx, context) {
        given.push(diffs, tx.inTransaction, context);
        throw rollback;
      },
    };
    const { transaction } = createSqlRepositories({ driver: db, host: recording, prefix });
    const assigned = [{ courseId: 'd', linkId: 'l', segmentId: 's' }];
    const diff: LearnerDiff = { learnerId: 'u1', assigned, released: [], enrolled: [], unenrolled: [], kept: [] };
    const writing = transaction(['u1'], ({ enrolments }) => enrolments.write([diff], CONTEXT));
    await expect(writing).rejects.toBe(rollback);
    expect(given).toEqual([[diff], true, CONTEXT]);
    expect(given[2]).toBe(CONTEXT);
  });

  test('a failed write rolls back its transaction, even if the work catches the error', async () => {
    const noting: SqlHost = {
      ...host,
      async onWrite() {
        throw rollback;
      },
    };
    const { transaction, enrolments: stored } = createSqlRepositories({ driver: db, host: noting, prefix });
    const assigned = [{ courseId: 'd', linkId: 'l', segmentId: 's' }];
    const diff: LearnerDiff = { learnerId: 'u1', assigned, released: [], enrolled: [], unenrolled: [], kept: [] };
    const swallowing = transaction(['u1'], async ({ enrolments }) => {
      await expect(enrolments.write([diff], CONTEXT)).rejects.toBe(rollback);
      return 'all is well';
    });
    await expect(swallowing).rejects.toBe(rollback);
    const [{ assignments } = { assignments: [] }] = readable(await stored.read(['u1'], { courses: ['d'] }));
    expect(assignments).not.toContainEqual(assigned[0]);
  });
});

describe('synchronous_commit', () => {
  const statementsOf = async (run: (db: SqlDriver) => Promise<unknown>): Promise<string[]> => {
    const texts: string[] = [];
    const noting = (driver: SqlDriver): SqlDriver => ({
      ...bare(driver),
      ...{ inTransaction: driver.inTransaction, isReadCommitted: driver.isReadCommitted },
      query: (text, parameters) => {
        texts.push(text);
        return driver.query(text, parameters);
      },
      transaction: (work) => driver.transaction((tx) => work(noting(tx))),
    });
    await run(noting(db));
    return texts.filter((text) => text.includes('synchronous_commit')).map((text) => text.split(' ')[0]!);
  };

  test('transactions that only lock or record progress do not wait for the disk, and all other writes do', async () => {
    expect(await statementsOf((driver) => smart(driver).learnersChanged(['u1']))).toEqual(['SELECT']);
    const [link] = linkCourses('s', ['d']);
    const linkId = link!.type === 'link' ? link!.link.id : '';
    // Thirty learners in three batches, then the end of the holders, then the end of the work.
    const unlinking = await statementsOf((driver) => smart(driver).apply({ type: 'unlink', linkId }));
    expect(unlinking).toEqual(['UPDATE', 'UPDATE', 'UPDATE', 'UPDATE', 'DELETE']);
    expect(await holdersOf('d')).toBe(0);
  });

  test('the library does not change synchronous_commit in a transaction of the host’s', async () => {
    await db.query(`UPDATE h_users SET active = 1`);
    expect(await statementsOf((driver) => driver.transaction((tx) => smart(tx).learnersChanged(['u1'])))).toEqual([]);
  });
});

function bare(tx: SqlDriver): SqlDriver {
  return {
    dialect: tx.dialect,
    inTransaction: true,
    query: (text, parameters) => tx.query(text, parameters),
    transaction: (work) => tx.transaction(work),
  };
}

/** A driver whose transaction reports another isolation level, since a host cannot choose the level on PGlite. */
function pretending(tx: SqlDriver, isolation: string): SqlDriver['query'] {
  return async (text, parameters) =>
    text.includes('transaction_isolation') ? ([{ j: JSON.stringify(isolation) }] as never) : tx.query(text, parameters);
}
