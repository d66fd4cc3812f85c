import { CONFLICT_CODES, LOCK_TIMEOUT_CODES, reportsOne } from '../../../errors/retryable.js';
import type { SqlDriver } from '../../statement/driver.js';
import { queryJson, raw, run, sql } from '../../statement/fragment.js';
import { partsOf, type Target } from './target.js';

/** How long a change of a table waits for its lock; it is short, since later transactions queue behind it. MySQL counts whole seconds. */
const LOCK_WAIT = { postgres: '500ms', mysql: '1' };
/** How long changes are retried in total, in milliseconds. */
const PATIENCE = 120_000;
const PAUSE = 500;
/** How long to wait for another process to finish one part, in seconds. */
const LOCK_SECONDS = 120;

/** Runs work in a transaction, and again for two minutes while the database reports that another transaction holds a lock. */
export async function retryingLocks<T>(driver: SqlDriver, work: (tx: SqlDriver) => Promise<T>): Promise<T> {
  // Only the host can retry its own transaction.
  if (driver.inTransaction) return driver.transaction(work);
  for (const until = Date.now() + PATIENCE; ; ) {
    try {
      return await driver.transaction(work);
    } catch (error) {
      if (Date.now() > until || !reportsOne(error, [...CONFLICT_CODES, ...LOCK_TIMEOUT_CODES])) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * PAUSE));
    }
  }
}

/** Runs work in a transaction, one process after the other, with short waits for the locks of tables. */
export function withMigrationLock(
  driver: SqlDriver,
  target: Target,
  work: (tx: SqlDriver) => Promise<void>,
): Promise<void> {
  return retryingLocks(driver, (tx) => {
    const { dialect } = tx;
    switch (dialect) {
      case 'postgres':
        return onPostgres(tx, target, work);
      case 'mysql':
        return onMysql(tx, target, work);
      case 'sqlite':
        return work(tx);
      default:
        return dialect satisfies never;
    }
  });
}

async function onPostgres(tx: SqlDriver, { prefix }: Target, work: (tx: SqlDriver) => Promise<void>): Promise<void> {
  await run(
    tx,
    sql`SELECT CAST(pg_advisory_xact_lock(hashtextextended(${`smart-enrolments migrate ${prefix}`}, 0)) AS text)`,
  );
  await withRowSecurityOff(tx, () => withSetting(tx, 'lock_timeout', LOCK_WAIT.postgres, () => work(tx)));
}

async function onMysql(tx: SqlDriver, target: Target, work: (tx: SqlDriver) => Promise<void>): Promise<void> {
  const { schema, table } = partsOf(target, 'schema');
  const database = schema === undefined ? raw('DATABASE()') : sql`${schema}`;
  // Lock names are server-wide and have at most 64 characters.
  const name = sql`LEFT(SHA2(CONCAT('smart-enrolments migrate ', ${database}, ' ', ${table}), 256), 60)`;
  const [isFirst] = await queryJson<0 | 1>(
    tx,
    sql`SELECT CAST(GET_LOCK(${name}, ${raw(String(LOCK_SECONDS))}) AS CHAR) AS j`,
  );
  if (isFirst !== 1)
    throw new Error(
      `Another process has been migrating these tables for ${LOCK_SECONDS} seconds. Run migrate(driver) again.`,
    );
  const end = async (): Promise<void> => {
    await run(tx, raw('SET SESSION lock_wait_timeout = @smart_enrolments_wait'));
    await run(tx, sql`SELECT RELEASE_LOCK(${name})`);
  };
  await run(
    tx,
    raw(`SET @smart_enrolments_wait = @@SESSION.lock_wait_timeout, SESSION lock_wait_timeout = ${LOCK_WAIT.mysql}`),
  );
  try {
    await work(tx);
  } catch (error) {
    // A connection that accepts no more statements keeps the lock until it is closed.
    await end().catch(() => undefined);
    throw error;
  }
  await end();
}

/** Makes Postgres reject statements that row-level security would filter: rows that are not visible would be lost. */
export function withRowSecurityOff<T>(tx: SqlDriver, work: () => Promise<T>): Promise<T> {
  return tx.dialect === 'postgres' ? withSetting(tx, 'row_security', 'off', work) : work();
}

/** Runs work with a changed Postgres setting, then restores it: the transaction may be the host's. */
async function withSetting<T>(tx: SqlDriver, name: string, value: string, work: () => Promise<T>): Promise<T> {
  const [before] = await queryJson<string>(tx, sql`SELECT CAST(to_json(current_setting(${name})) AS text) AS j`);
  await run(tx, sql`SELECT set_config(${name}, ${value}, true)`);
  const done = await work();
  await run(tx, sql`SELECT set_config(${name}, ${before!}, true)`);
  return done;
}
