import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { isSmartEnrolmentsError, linkCourses } from '../../../src/index.js';
import {
  createSqlEnrolments,
  fromPg,
  fromPostgresJs,
  type HostTables,
  migrate,
  type SqlDriver,
  type SqlEnrolments,
  sqlHost,
} from '../../../src/sql/index.js';
import { dropLms, openLms } from '../../sql/lms.js';
import { inPgTransaction } from '../drivers/pg-transaction.js';
import { peer } from '../peer.js';
import { COURSES, makeCompany } from '../repositories/company.js';
import { connect } from '../repositories/connect.js';
import { checkSound, prior } from '../repositories/sound.js';
import { POSTGRES } from '../servers.js';
import { NO_PGBOUNCER, PgBouncer } from './pgbouncer.js';

const PEOPLE = 60;
const LANES = 3;
const ROUNDS = 3;
/** Fewer server connections than clients, so that each server connection passes from client to client. */
const POOL_SIZE = 3;
/** What the library and the host set in transactions. */
const SETTINGS = ['lock_timeout', 'statement_timeout', 'synchronous_commit', 'row_security', 'app.tenant'];
const REFUSED = new Set(['catalog_conflict', 'unknown_link', 'duplicate_link']);
const prefix = `bouncer_${process.pid}_`;
const missing = inject('missing').postgres || NO_PGBOUNCER;

// In CI nothing may be skipped.
if (process.env.CI) test('PgBouncer is installed', () => expect(NO_PGBOUNCER).toBe(''));

interface Through {
  readonly driver: SqlDriver;
  inHosts(work: (tx: SqlDriver) => Promise<void>): Promise<void>;
}

describe.skipIf(missing !== '')(`PgBouncer in transaction mode ${missing}`, () => {
  let bouncer: PgBouncer | undefined;
  let through: { readonly pg: Through; readonly 'Postgres.js': Through };
  const direct = missing === '' ? connect({ dialect: 'postgres', prefix }) : undefined!;
  const closing: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    bouncer = await PgBouncer.start(POOL_SIZE);
    const at = { host: '127.0.0.1', port: bouncer.port, user: POSTGRES.user, password: POSTGRES.password };
    const pool = new (peer('pg').Pool)({ ...at, database: 'lms', max: 8 });
    const sql = peer('postgres')({
      ...at,
      database: 'lms',
      max: 8,
      prepare: false,
      fetch_types: false,
      onnotice: () => undefined,
    });
    closing.push(
      () => pool.end(),
      () => sql.end({ timeout: 1 }),
    );
    through = {
      pg: {
        driver: fromPg(pool),
        inHosts: (work) => inPgTransaction(pool, work),
      },
      'Postgres.js': {
        driver: fromPostgresJs(sql),
        inHosts: (work) => sql.begin((tx: never) => work(fromPostgresJs(tx))),
      },
    };
    await makeCompany(through.pg.driver, prefix, PEOPLE);
  });

  afterAll(async () => {
    for (const close of closing) await close();
    await bouncer?.stop();
    await dropLms(direct.driver, prefix);
    await direct.end();
  });

  /** Runs work on every server connection of PgBouncer: as many transactions as it has connections are open at the same time. */
  async function onEach<T>(work: (tx: SqlDriver) => Promise<T>): Promise<T[]> {
    let waiting = POOL_SIZE;
    let open = (): void => undefined;
    const all = new Promise<void>((resolve) => {
      open = resolve;
    });
    return Promise.all(
      Array.from({ length: POOL_SIZE }, () =>
        through.pg.driver.transaction(async (tx) => {
          const result = await work(tx);
          if (--waiting === 0) open();
          await all;
          return result;
        }),
      ),
    );
  }

  /** The state that a server connection keeps after a transaction. */
  async function stateOf(tx: SqlDriver): Promise<unknown> {
    const settings = await tx.query<{ name: string; setting: string }>(
      `SELECT name, setting FROM pg_settings WHERE name <> 'application_name' AND name NOT LIKE '%.%' ORDER BY name`,
    );
    const changed = SETTINGS.map((name) => `coalesce(current_setting('${name}', true), '') AS "${name}"`);
    const [state] = await tx.query<object>(
      `SELECT ${changed.join(', ')}, (SELECT count(*)::int FROM pg_prepared_statements) AS statements,
        (SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()) AS locks,
        (SELECT count(*)::int FROM pg_class WHERE relnamespace = pg_my_temp_schema()) AS temporary`,
    );
    return { ...state, settings };
  }

  test('clients that migrate concurrently through it take turns', async () => {
    const tables = { prefix: `${prefix}new_` };
    const clients = [through.pg, through['Postgres.js'], through.pg, through['Postgres.js']];
    await Promise.all(clients.map(({ driver }) => migrate(driver, tables)));
    expect((await direct.driver.query(`SELECT description FROM ${prefix}new_schema`)).length).toBe(1);
  });

  test('concurrent notices, edits and host transactions of two clients change no setting of its server connections', async () => {
    const before = await prior(direct.driver, prefix);
    const fresh = await stateOf(direct.driver);
    const done = { notices: 0, edits: 0, refused: 0, previews: 0, inHosts: 0 };

    async function edit(enrolments: SqlEnrolments, course: string): Promise<void> {
      const [link] = linkCourses('all', [course]);
      for (const edits of [link!, { type: 'unlink', linkId: link!.link.id } as const]) {
        try {
          await enrolments.apply(edits);
          done.edits++;
        } catch (error) {
          if (!isSmartEnrolmentsError(error) || !REFUSED.has(error.code)) throw error;
          done.refused++;
        }
      }
    }

    async function lane(client: Through, number: number): Promise<void> {
      const enrolments = enrolmentsOver(client.driver);
      for (let round = 0; round < ROUNDS; round++) {
        const id = `u${(number * ROUNDS + round) % PEOPLE}`;
        await move(client.driver, id, round);
        await enrolments.learnersChanged([id]);
        done.notices++;
        await edit(enrolments, COURSES[1 + ((number + round) % 3)]!);
        await enrolments.previewLearners({ learners: [{ id, profile: { site: 'York' } }] });
        done.previews++;
        await client.inHosts(async (tx) => {
          await tx.query(`SELECT set_config('app.tenant', 'one', true)`);
          await move(tx, id, round + 1);
          await enrolments.within(tx).learnersChanged([id]);
        });
        done.inHosts++;
      }
    }

    const lanes = Array.from({ length: LANES }, (_, i) => [
      lane(through.pg, 2 * i),
      lane(through['Postgres.js'], 2 * i + 1),
    ]);
    await Promise.all(lanes.flat());
    console.log(`PgBouncer, ${2 * LANES} callers over ${POOL_SIZE} server connections: ${JSON.stringify(done)}`);
    expect(done.edits).toBeGreaterThan(0);
    for (const { driver } of Object.values(through)) await checkSound(driver, prefix, before);
    for (const state of await onEach(stateOf)) expect(state).toEqual(fresh);
  });

  test('a setting of a session reaches other clients, so the test above would find one', async () => {
    const fresh = await stateOf(direct.driver);
    const { driver } = through['Postgres.js'];
    await driver.query(`SET lock_timeout = '7s'`);
    expect(await onEach(stateOf)).not.toEqual(Array.from({ length: POOL_SIZE }, () => fresh));
    await onEach((tx) => tx.query('RESET lock_timeout'));
    expect(await onEach(stateOf)).toEqual(Array.from({ length: POOL_SIZE }, () => fresh));
  });

  test('a pool with a statement_timeout of its own is refused, as the guide warns', async () => {
    const { Client } = peer('pg');
    const client = new Client({
      ...POSTGRES,
      host: '127.0.0.1',
      port: bouncer!.port,
      database: 'lms',
      statement_timeout: 1,
    });
    await expect(client.connect()).rejects.toThrow('unsupported startup parameter: statement_timeout');
  });
});

/** The enrolments over the tables of `makeCompany`. */
function enrolmentsOver(driver: SqlDriver): SqlEnrolments {
  let tables: HostTables | undefined;
  openLms(driver, prefix, (all) => {
    tables = all;
    return all;
  });
  return createSqlEnrolments({ driver, host: sqlHost(tables!), prefix: `${prefix}se_`, batchSize: 25 });
}

async function move(db: SqlDriver, id: string, round: number): Promise<void> {
  const profile = JSON.stringify({ site: round % 2 === 0 ? 'York' : 'Leeds' });
  await db.query(`UPDATE ${prefix}users SET profile = '${profile}' WHERE id = '${id}'`);
}
