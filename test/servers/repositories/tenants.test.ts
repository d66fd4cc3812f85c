import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createSmartEnrolments, linkCourses, type SmartEnrolments } from '../../../src/index.js';
import { createSqlRepositories, fromPg, type SqlDriver, sqlHost } from '../../../src/sql/index.js';
import { blocksOf } from '../../docs/blocks.js';
import { dropLms, makeLms } from '../../sql/lms.js';
import { lmsTables } from '../../sql/lms-tables.js';
import { peer } from '../peer.js';
import { DATABASE, POSTGRES } from '../servers.js';
import { connect } from './connect.js';

const missing = inject('missing').postgres;
const prefix = `t${process.pid}_`;
const role = `smart_enrolments_tenants_${process.pid}`;
const TABLES = ['catalog', 'segments', 'links', 'outstanding', 'learners', 'pairs', 'assignments'].map(
  (name) => `${prefix}se_${name}`,
);
const host = sqlHost({ ...lmsTables(prefix), fields: [{ id: 'site', type: 'text' }] });

// A role to which the policies apply; `FORCE` applies them to the tables' owner too.
describe.skipIf(missing !== '')(`tenants share the tables under row-level security ${missing}`, () => {
  const admin = missing === '' ? connect({ dialect: 'postgres', prefix }) : undefined!;
  const clients = { user: role, password: '', host: POSTGRES.host, port: POSTGRES.port, database: DATABASE };

  beforeAll(async () => {
    const { driver } = admin;
    await driver.query(`CREATE ROLE ${role} LOGIN NOSUPERUSER NOBYPASSRLS`);
    await makeLms(driver, prefix);
    for (const name of ['users', 'placements', 'courses', 'individual', 'training', 'se_schema'])
      await driver.query(`GRANT ALL ON ${prefix}${name} TO ${role}`);
    for (const table of TABLES) {
      await driver.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
      await driver.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
      await driver.query(`ALTER TABLE ${table} OWNER TO ${role}`);
      await driver.query(
        `CREATE POLICY own ON ${table} USING (tenant = current_setting('app.tenant')) WITH CHECK (tenant = current_setting('app.tenant'))`,
      );
    }
    await driver.query(
      `INSERT INTO ${prefix}courses (id, method) VALUES ('c', 'by-assignment-only'), ('d', 'by-assignment-only')`,
    );
    await driver.query(
      `INSERT INTO ${prefix}users (id, active, profile) SELECT 'u' || n, 1, '{}' FROM generate_series(1, 30) n`,
    );
  });

  afterAll(async () => {
    await dropLms(admin.driver, prefix);
    await admin.driver.query(`DROP OWNED BY ${role}`);
    await admin.driver.query(`DROP ROLE ${role}`);
    await admin.end();
  });

  const over = (driver: SqlDriver, tenant: string) =>
    createSqlRepositories({ driver, host, tenant, prefix: `${prefix}se_` });

  /** Runs work in a transaction of the host's with the tenant set, on its own connection; other connections do not have the setting. */
  async function asTenant<T>(set: string, work: (library: SmartEnrolments, tx: SqlDriver) => Promise<T>, tenant = set) {
    const client = new (peer('pg').Client)(clients);
    await client.connect();
    try {
      await client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
      await client.query(`SELECT set_config('app.tenant', $1, true)`, [set]);
      const tx = fromPg(client);
      const result = await work(createSmartEnrolments(over(tx, tenant), { batchSize: 10 }), tx);
      await client.query('COMMIT');
      return result;
    } finally {
      await client.end();
    }
  }

  test('every operation succeeds in a transaction that sets the tenant', async () => {
    await asTenant('one', async (library) => {
      const edits = [
        { type: 'saveSegment', segment: { id: 's', title: 'S', rule: { everyone: true } } } as const,
        ...linkCourses('s', ['c', 'd']),
      ];
      const plan = await library.preview(edits);
      expect(plan.summary.enrolled).toBe(60);
      expect((await library.apply(plan)).summary.enrolled).toBe(60);
    });
    await asTenant('one', async (library, tx) => {
      const [link] = (await over(tx, 'one').catalog.load()).links;
      expect((await library.apply({ type: 'unlink', linkId: link!.id })).summary.unenrolled).toBe(30);
      await tx.query(`INSERT INTO ${prefix}users (id, active, profile) VALUES ('new', 1, '{}')`);
      expect((await library.learnersChanged(['new'])).summary.enrolled).toBe(1);
      expect((await library.explain('new', link!.courseId === 'c' ? 'd' : 'c')).enrolled).toBe(true);
      expect((await library.settle()).summary.learners).toBe(0);
      expect((await library.reconcile()).summary.learners).toBe(0);
    });
  });

  test("another tenant does not see a tenant's rows, and can use the same ids", async () => {
    await asTenant('two', async (library, tx) => {
      expect((await over(tx, 'two').catalog.load()).segments).toEqual([]);
      expect(await over(tx, 'two').enrolments.holders({ limit: 10 })).toEqual([]);
      await library.apply([
        { type: 'saveSegment', segment: { id: 's', title: 'Theirs', rule: { everyone: true } } },
        ...linkCourses('s', ['c']),
      ]);
    });
    await asTenant('one', async (_, tx) => {
      const { segments, links } = await over(tx, 'one').catalog.load();
      expect([segments[0]!.title, links.length]).toEqual(['S', 1]);
    });
  });

  test("the guide's view shows only the tenant's rows, and without security_invoker those of all tenants", async () => {
    const guide = blocksOf('docs/on-sql.md', 'sql')[0]!.code.replaceAll('smart_enrolments_', `${prefix}se_`);
    const invoker = 'WITH (security_invoker = true)';
    const barrier = guide
      .replace(invoker, 'WITH (security_barrier)')
      .replace(';', ` WHERE a.tenant = current_setting('app.tenant');`);
    const views = { guide, barrier, neither: guide.replace(invoker, '') };
    const seen: Record<string, unknown> = {};
    for (const [name, code] of Object.entries(views)) {
      const view = `${prefix}view_${name}`;
      await admin.driver.query(code.replace('smart_assignments', view));
      await admin.driver.query(`GRANT SELECT ON ${view} TO ${role}`);
      seen[name] = await asTenant('two', (_, tx) =>
        tx.query(`SELECT tenant, course_id, count(*)::int AS n FROM ${view} GROUP BY 1, 2 ORDER BY 1, 2`),
      );
      await admin.driver.query(`DROP VIEW ${view}`);
    }
    const own = { tenant: 'two', course_id: 'c', n: 31 };
    expect(seen).toEqual({ guide: [own], barrier: [own], neither: [{ tenant: 'one', course_id: 'd', n: 31 }, own] });
  });

  test('outside a transaction that sets the tenant every operation fails, and the error reports what is missing', async () => {
    const pool = new (peer('pg').Pool)(clients);
    const { catalog, enrolments, learners, transaction } = over(fromPg(pool), 'one');
    const library = createSmartEnrolments(over(fromPg(pool), 'one'));
    expect((await learners.page({ limit: 5 })).length, 'of the host’s own, which have no policy').toBe(5);
    for (const question of [
      () => catalog.load(),
      () => enrolments.holders({ limit: 10 }),
      () => enrolments.read(['u1']),
      () => transaction(['u1'], async () => undefined),
      () => library.reconcile().catch((error: Error) => Promise.reject(error.cause)),
    ])
      await expect(question()).rejects.toThrow(
        /under row-level security, pass a driver whose transaction sets the tenant/u,
      );
    await pool.end();
  });

  test('repositories with a different tenant than the transaction see and write nothing', async () => {
    const work = asTenant(
      'one',
      (library) => library.apply({ type: 'saveSegment', segment: { id: 'x', title: 'X', rule: null } }),
      'two',
    );
    const { cause } = (await work.catch((error: unknown) => error)) as Error;
    expect((cause as Error).message).toMatch(/row-level security/u);
  });
});
