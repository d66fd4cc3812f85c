import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { field, linkCourses, type SmartEnrolments, saveSegment, unlink } from '../../../src/index.js';
import { createSqlEnrolments, type HostTables, migrate, type SqlDriver, sqlHost } from '../../../src/sql/index.js';
import { blocksOf } from '../../docs/blocks.js';
import { CLIENTS, type Client, type ClientName } from '../drivers/clients.js';
import { peer } from '../peer.js';
import { POSTGRES } from '../servers.js';

type OnWrite = NonNullable<HostTables['onWrite']>;

const GUIDE = 'docs/outbox-and-notifications.md';
const DATABASE = vi.hoisted(() => `smart_enrolments_on_write_${process.pid}`);
// The clients' own database is one whose connections another test ends.
vi.mock('../drivers/end-connections.js', () => ({ ENDED_DATABASE: DATABASE }));

const root = fileURLToPath(new URL('../../../', import.meta.url));
const missing = inject('missing').postgres;

/** Saves the function `onWrite` of the guide, word for word, as a module, and imports it. */
async function importOnWrite(folder: string): Promise<OnWrite> {
  const { code } = blocksOf(GUIDE, 'ts').find(({ file }) => file.endsWith('/lms.mts'))!;
  const [, onWrite] = /^(async function onWrite\([\s\S]*)$/mu.exec(code)!;
  const path = join(folder, 'on-write.mts');
  const imports = [
    `import type { LearnerDiff, WriteContext } from 'smart-enrolments';`,
    `import type { SqlDriver } from 'smart-enrolments/sql';`,
  ];
  writeFileSync(path, [...imports, `export ${onWrite}`].join('\n'));
  return (await import(path)).onWrite;
}

/** Runs the guide's `onWrite` through the Postgres clients whose names are given. */
export function describeOnWrite(isTested: (name: ClientName) => boolean): void {
  const clients = Object.entries<Client>(CLIENTS).filter(
    ([name, { dialect }]) => dialect === 'postgres' && isTested(name as ClientName),
  );

  describe.skipIf(missing !== '')(`onWrite of ${GUIDE} ${missing}`, () => {
    let folder: string;
    let onWrite: OnWrite;
    let admin: ReturnType<typeof peer>;
    let client: ReturnType<typeof peer>;

    beforeAll(async () => {
      mkdirSync(join(root, '.scratch'), { recursive: true });
      folder = mkdtempSync(join(root, '.scratch', 'on-write-'));
      onWrite = await importOnWrite(folder);
      const { Client: PgClient } = peer('pg');
      admin = new PgClient({ ...POSTGRES, database: 'postgres' });
      await admin.connect();
      await admin.query(`CREATE DATABASE ${DATABASE}`);
      client = new PgClient({ ...POSTGRES, database: DATABASE });
      await client.connect();
    });

    afterAll(async () => {
      await client.end();
      await admin.query(`DROP DATABASE ${DATABASE} WITH (FORCE)`);
      await admin.end();
      rmSync(folder, { recursive: true, force: true });
    });

    async function createTables(): Promise<void> {
      await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
      for (const guide of ['docs/on-postgres-with-pg.md', GUIDE])
        for (const { code } of blocksOf(guide, 'sql')) await client.query(code);
    }

    /** The rows of a query, each as a list of its columns. */
    async function rowsOf(text: string): Promise<unknown[]> {
      return (await client.query({ text, rowMode: 'array' })).rows;
    }

    async function checkRows(
      within: (work: (enrolments: SmartEnrolments) => Promise<unknown>) => Promise<unknown>,
    ): Promise<void> {
      const links = linkCourses('bristol', ['fire-safety']);
      const bristol = saveSegment({ id: 'bristol', title: 'Bristol site', rule: field('site').equals('Bristol') });
      await within((enrolments) => enrolments.apply([bristol, ...links], { by: { actor: 'O\'Brien \\ "7"' } }));
      await client.query(`UPDATE users SET site = 'Leeds' WHERE id = 2`);
      await within((enrolments) => enrolments.learnersChanged(['2'], { by: { actor: 'HR' } }));
      // User 4 has an individual enrolment too.
      expect(await rowsOf('SELECT * FROM smart_enrolments_now ORDER BY 1')).toEqual([
        [1, 'fire-safety'],
        [4, 'fire-safety'],
      ]);
      await client.query(`UPDATE training SET status = 'completed' WHERE user_id = 1`);
      await within((enrolments) => enrolments.apply(unlink(links[0]!.link.id), { by: { actor: 'admin' } }));

      expect(await rowsOf('SELECT * FROM smart_enrolments_now')).toEqual([]);
      expect(
        await rowsOf('SELECT user_id, course_id, status, archived_at IS NOT NULL FROM training ORDER BY user_id'),
      ).toEqual([
        [1, 'fire-safety', 'completed', true],
        [2, 'fire-safety', 'in-progress', false],
      ]);
      const fields = ['by', 'kind', 'who', 'what', 'training', 'cause'].map((name) => `message->>'${name}'`);
      expect(await rowsOf(`SELECT ${fields.join()} FROM outbox ORDER BY id`)).toEqual([
        ['O\'Brien \\ "7"', 'enrolled', '1', 'fire-safety', 'start', null],
        ['O\'Brien \\ "7"', 'enrolled', '2', 'fire-safety', 'start', null],
        ['HR', 'unenrolled', '2', 'fire-safety', 'keep', 'left-segment'],
        ['admin', 'unenrolled', '1', 'fire-safety', 'archive', 'unlinked'],
      ]);
    }

    const enrolmentsOver = (driver: SqlDriver) =>
      createSqlEnrolments({
        driver,
        host: sqlHost({
          learners: { table: 'users', id: 'id', ids: 'integer', columns: { site: 'site' } },
          courses: { table: 'courses', id: 'id', title: 'title', enrolmentMethod: 'enrolment_method' },
          individual: { table: 'enrolments', learner: 'user_id', course: 'course_id' },
          enrolments: { table: 'smart_enrolments_now', learner: 'user_id', course: 'course_id' },
          training: {
            table: 'training',
            learner: 'user_id',
            course: 'course_id',
            status: 'status',
            archived: 'archived_at',
            keep: { status: 'in-progress' },
          },
          onWrite,
        }),
      });

    test.each(clients)("the guide's onWrite stores its rows through %s", async (_, { make }) => {
      const { driver, inHosts, close } = await make();
      try {
        await createTables();
        await migrate(driver, { learnerIds: 'integer' });
        const enrolments = enrolmentsOver(driver);
        await checkRows((work) => work(enrolments));
        if (!inHosts) return;
        await createTables();
        await migrate(driver, { learnerIds: 'integer' });
        const { within } = enrolmentsOver(driver);
        await checkRows((work) => inHosts(async (tx) => void (await work(within(tx)))));
      } finally {
        await close();
      }
    });
  });
}
