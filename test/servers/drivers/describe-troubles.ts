import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { isRetryable, linkCourses, type SmartEnrolments, saveSegment } from '../../../src/index.js';
import { createSqlEnrolments, fromMysql2, fromPg, type SqlDriver, sqlHost } from '../../../src/sql/index.js';
import { testIf } from '../../sql/drivers/test-if.js';
import { dropLms, makeLms } from '../../sql/lms.js';
import { lmsTables } from '../../sql/lms-tables.js';
import { peer } from '../peer.js';
import { MARIADB, POSTGRES } from '../servers.js';
import { CLIENTS, type Client, type ClientName, type MadeClient } from './clients.js';
import { makeDatabase } from './end-connections.js';

/** The statements that make trouble on each server. */
const STATEMENTS = {
  postgres: {
    myId: 'SELECT pg_backend_pid() AS id',
    end: (id: number) => `SELECT pg_terminate_backend(${id})`,
    waitBriefly: `SET LOCAL lock_timeout = '300ms'`,
    beVictim: `SET LOCAL deadlock_timeout = '100ms'`,
    beNoVictim: `SET LOCAL deadlock_timeout = '60s'`,
    readOnly: 'SET TRANSACTION READ ONLY',
  },
  mysql: {
    myId: 'SELECT CONNECTION_ID() AS id',
    end: (id: number) => `KILL ${id}`,
    waitBriefly: 'SET SESSION innodb_lock_wait_timeout = 1',
    beVictim: 'DO 0',
    // InnoDB rolls back the transaction that changed fewer rows.
    beNoVictim: `UPDATE tr_users SET active = 1 - active`,
    readOnly: 'SET SESSION TRANSACTION READ ONLY',
  },
} as const;

const lockOf = (id: string): string =>
  `SELECT learner_id FROM tr_se_learners WHERE tenant = '' AND learner_id = '${id}' FOR UPDATE`;

/** Another client of the same database. */
function observe(
  dialect: 'postgres' | 'mysql',
  database: string,
): { readonly driver: SqlDriver; end(): Promise<void> } {
  if (dialect === 'mysql') {
    const pool = peer('mysql2/promise').createPool({ ...MARIADB, database });
    return { driver: fromMysql2(pool), end: () => pool.end() };
  }
  const pool = new (peer('pg').Pool)({ ...POSTGRES, database });
  return { driver: fromPg(pool), end: () => pool.end() };
}

/**
 * Tests what a host reads of common database errors, through each of these clients, in a database of this name: other tests end the connections of
 * theirs.
 */
export function describeTroubles(database: string, isTested: (name: ClientName) => boolean): void {
  for (const [name, client] of Object.entries(CLIENTS) as [ClientName, Client][]) {
    const { dialect } = client;
    const missing = inject('missing')[dialect === 'postgres' ? 'postgres' : 'mariadb'];
    if (isTested(name))
      describe.skipIf(missing !== '')(`trouble through ${name} ${missing}`, () => troubles(client, database));
  }
}

function troubles({ dialect, losesHosts, waitsForever, make }: Client, database: string): void {
  const sql = STATEMENTS[dialect];
  const host = sqlHost({ ...lmsTables('tr_'), fields: [{ id: 'site', type: 'text' }] });
  const observer = observe(dialect, database);
  let made: MadeClient;
  beforeAll(async () => {
    await makeDatabase(dialect, database);
    await dropLms(observer.driver, 'tr_');
    await makeLms(observer.driver, 'tr_');
    for (const id of ['c', 'd'])
      await observer.driver.query(`INSERT INTO tr_courses (id, method) VALUES ('${id}', 'by-assignment-only')`);
    for (const id of ['u1', 'u2'])
      await observer.driver.query(`INSERT INTO tr_users (id, active, profile) VALUES ('${id}', 1, '{}')`);
    const segment = saveSegment({ id: 's', title: 'S', rule: { everyone: true } });
    await over(observer.driver).apply([segment, ...linkCourses('s', ['c'])]);
    made = await make({ database });
  });
  afterAll(async () => {
    await made?.close();
    await dropLms(observer.driver, 'tr_');
    await observer.end();
  });
  const over = (driver: SqlDriver) => createSqlEnrolments({ driver, host, prefix: 'tr_se_', lockTimeout: 300 });

  /** Runs an operation that must fail; returns the message of the repository's error, and checks whether a retry may help. */
  async function failing(operation: Promise<unknown>, mayRetry: boolean, inHosts = false): Promise<string> {
    const error = await operation.then(
      () => new Error('Nothing was thrown.'),
      (thrown: Error) => thrown,
    );
    expect(error).toMatchObject({ code: 'repository_failed' });
    if (inHosts) expect(error.message).not.toContain('settle');
    expect(isRetryable(error), String((error.cause as Error).message)).toBe(mayRetry);
    return (error.cause as Error).message;
  }

  /** Does the same in a transaction of the host's, which is rolled back. */
  async function failingInHosts(
    prepare: (tx: SqlDriver) => Promise<unknown>,
    mayRetry: boolean,
    operation: (all: SmartEnrolments) => Promise<unknown> = (all) => all.learnersChanged(['u1']),
  ): Promise<string> {
    let message = '';
    await made
      .inHosts(async (tx) => {
        await prepare(tx);
        const { inTransaction, query, transaction } = tx;
        const stated: SqlDriver = {
          ...{ dialect, inTransaction, isReadCommitted: true, isHostsTransaction: true },
          query: query.bind(tx),
          transaction: transaction.bind(tx),
        };
        message = await failing(operation(over(made.driver).within(stated)), mayRetry, true);
        throw new Error('Roll back.');
      })
      .catch((error: unknown) => {
        if (message === '') throw error;
      });
    expect(message).not.toContain('settle');
    return message;
  }

  test('a lock time-out is reported with advice', async () => {
    await observer.driver.transaction(async (tx) => {
      await tx.query(lockOf('u1'));
      if (dialect === 'postgres')
        expect(await failing(over(made.driver).learnersChanged(['u1']), true)).toMatch(/^Lock wait timeout: .* retry/u);
      const inHosts = await failingInHosts((own) => own.query(sql.waitBriefly), true);
      expect(inHosts).toMatch(/^Lock wait timeout: .*Roll back your transaction and run it again/u);
    });
  });

  test("a deadlock in the host's transaction is reported with advice", async () => {
    let end: Promise<unknown> | undefined;
    const message = await failingInHosts(async (own) => {
      await own.query(sql.beVictim);
      await own.query(lockOf('u2'));
      let isLocked: () => void = () => undefined;
      const locked = new Promise<void>((resolve) => {
        isLocked = resolve;
      });
      // The other side locks the first learner, and waits for the second.
      end = observer.driver
        .transaction(async (other) => {
          await other.query(sql.beNoVictim);
          await other.query(lockOf('u1'));
          isLocked();
          await other.query(lockOf('u2'));
        })
        .catch(() => undefined);
      await locked;
    }, true);
    await end;
    expect(message).toMatch(/^The database rolled back your transaction in favour of another: run it again/u);
  });

  test('an edit that loses its connection rejects with an error that a retry may help', async () => {
    const ending = {
      ...host,
      async onWrite(_: unknown, tx: SqlDriver) {
        const [{ id } = { id: 0 }] = await tx.query<{ id: number }>(sql.myId);
        await observer.driver.query(sql.end(Number(id)));
        await tx.query('SELECT 1');
      },
    };
    await observer.driver.query(`UPDATE tr_users SET active = 1`);
    const own = createSqlEnrolments({ driver: made.driver, host: ending, prefix: 'tr_se_', concurrency: 1 });
    const error: Error = await own.apply(linkCourses('s', ['d'])).then(
      () => new Error('Nothing was thrown.'),
      (thrown: Error) => thrown,
    );
    expect(isRetryable(error), String(error.cause)).toBe(true);
    await over(observer.driver).settle();
  });

  testIf(!losesHosts)("a lost connection in the host's transaction is reported with advice", async () => {
    const message = await failingInHosts(async (own) => {
      const [{ id } = { id: 0 }] = await own.query<{ id: number }>(sql.myId);
      await observer.driver.query(sql.end(Number(id)));
    }, true);
    expect(message).toMatch(/^The connection was lost, and your transaction was rolled back: run it again/u);
  });

  testIf(!waitsForever)('a full pool is reported with advice', async () => {
    const one = await make({ database, max: 1, wait: 300 });
    await one.driver.transaction(async (tx) => {
      await tx.query('SELECT 1');
      const message = await failing(over(one.driver).learnersChanged(['u1']), true);
      expect(message).toMatch(/^Timed out waiting for a connection from the pool/u);
    });
    await one.close();
  });

  test("a read-only database is reported with advice in the host's transaction", async () => {
    const write = (all: SmartEnrolments) => all.apply(saveSegment({ id: 's', title: `S ${Math.random()}` }));
    if (dialect === 'postgres') {
      expect(await failingInHosts((own) => own.query(sql.readOnly), false, write)).toMatch(/not for a replica/u);
      return;
    }
    // On MySQL, only later transactions of the session are read-only.
    const usual = made;
    made = await make({ database, max: 1 });
    await made.driver.query(sql.readOnly);
    expect(await failingInHosts(async () => undefined, false, write)).toMatch(/not for a replica/u);
    await made.close();
    made = usual;
  });
}
