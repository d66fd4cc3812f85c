import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { IdKind, SqlDriver } from '../../src/sql/index.js';
import { TABLES } from '../../src/sql/statement/tables.js';
import { contentsOf, expectedContents, KINDS, OLD, openStep1, step1Statements, TENANTS, upgraded } from './step-1.js';
import { NEW } from './this-library.js';

/** Upgrades the tables of step 1 on a database, with a few learners in them. */
export function describeUpgrade(name: string, open: () => Promise<SqlDriver>, prefix: string): void {
  describe(`tables of step 1 on ${name}`, () => {
    const expected = expectedContents();
    const of = (kind: IdKind) => ({ prefix: `${prefix}${kind}_se_`, learnerIds: kind });
    let db: SqlDriver;
    let running: ReturnType<typeof openStep1>;
    beforeAll(async () => {
      db = await open();
      for (const statement of step1Statements(db.dialect, prefix)) await db.query(statement);
      await db.query(
        `CREATE VIEW ${prefix}view AS SELECT l.tenant, l.course_id FROM ${prefix}text_se_pairs AS p JOIN ${prefix}text_se_links AS l ON l.tenant = p.tenant AND l.id = p.link_id`,
      );
      running = openStep1(OLD, db, prefix, 'text', '');
      await running.library.reconcile();
    });
    afterAll(async () => {
      await db.query(`DROP VIEW ${prefix}view`);
      for (const kind of KINDS) {
        for (const table of ['users', 'courses']) await db.query(`DROP TABLE ${prefix}${kind}_${table}`);
        for (const table of [...TABLES, 'unsettled'])
          await db.query(`DROP TABLE IF EXISTS ${prefix}${kind}_se_${table}`);
      }
    });

    test('this library rejects tables of step 1 with the advice to migrate', async () => {
      const { library } = openStep1(NEW, db, prefix, 'text', '');
      await expect(library.reconcile()).rejects.toThrow(
        /tables are at step 1, but this version of smart-enrolments needs step 4\. Run migrate\(driver\)/u,
      );
    });

    test('migrate rejects another kind of ids before it changes anything', async () => {
      await expect(NEW.migrate(db, { ...of('text'), learnerIds: 'uuid' })).rejects.toThrow(
        'learner ids of kind text, not uuid',
      );
      expect(await contentsOf(openStep1(OLD, db, prefix, 'text', 'one'))).toEqual(expected.text!.one);
    });

    test.each(KINDS)(
      'two processes migrate the tables with %s ids concurrently, and the catalog, holdings and open work are the same',
      async (kind) => {
        await Promise.all([NEW.migrate(db, of(kind)), NEW.migrate(db, of(kind))]);
        for (const tenant of TENANTS)
          expect(await contentsOf(openStep1(NEW, db, prefix, kind, tenant))).toEqual(
            upgraded(expected[kind]![tenant]!),
          );
      },
    );

    test('migrated open work belongs to an operation with its revision', async () => {
      const rows = await db.query<Record<string, string>>(
        `SELECT ${['tenant', 'operation_id', 'operation', 'removed_links', 'ranges'].map((column) => textOf(db, column)).join(', ')}
          FROM ${prefix}text_se_outstanding ORDER BY tenant`,
      );
      const at = expect.stringMatching(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u);
      const operation = { id: 'revision-3', kind: 'apply', at, revision: 3 };
      const ranges = [
        ['one', [{ pass: 'holders', after: 'ü-07' }, { pass: 'audience' }]],
        ['three', [{ pass: 'holders' }, { pass: 'audience' }]],
        ['two', [{ pass: 'audience', after: 'ü-11' }]],
      ];
      expect(rows.map((row) => [row.tenant, row.operation_id, row.removed_links])).toEqual(
        ranges.map(([tenant]) => [tenant, 'revision-3', '[]']),
      );
      expect(rows.map((row) => JSON.parse(row.operation!))).toEqual(ranges.map(() => operation));
      expect(rows.map((row) => [row.tenant, JSON.parse(row.ranges!)])).toEqual(ranges);
    });

    test('a migrated pair has the segment of its link, and none if the link was removed', async () => {
      const columns = ['tenant', 'link_id', 'segment_id'].map((column) => textOf(db, column)).join(', ');
      const rows = await db.query<Record<string, string>>(
        `SELECT ${columns} FROM ${prefix}text_se_pairs ORDER BY tenant, link_id`,
      );
      const segments = {
        '["Leeds","c1"]': 'Leeds',
        '["York","c2"]': 'York',
        '["all","c1"]': 'all',
        '["all","c3"]': 'all',
      };
      expect(rows.map((row) => [row.tenant, row.link_id, row.segment_id])).toEqual(
        rows.map(({ tenant, link_id }) => {
          const isRemoved = (tenant === 'one' || tenant === 'three') && link_id === '["all","c3"]';
          return [tenant, link_id, isRemoved ? '' : segments[link_id as keyof typeof segments]];
        }),
      );
      expect(rows.length).toBe(13);
    });

    test.each(KINDS)(
      'this library settles the open work with %s ids, and a later reconcile finds nothing',
      async (kind) => {
        const settled = [];
        for (const tenant of TENANTS) {
          const { library, repositories } = openStep1(NEW, db, prefix, kind, tenant);
          settled.push((await library.settle()).summary.learners);
          expect((await repositories.catalog.load()).unsettled).toEqual([]);
          expect((await library.reconcile()).summary.learners).toBe(0);
        }
        expect(settled).toEqual([0, 12, 8, 20]);
      },
    );

    test('migrate migrates tables in the schema that the prefix names', async () => {
      const [{ name: schema }] = (await db.query(
        {
          postgres: 'SELECT current_schema() AS name',
          mysql: 'SELECT DATABASE() AS name',
          sqlite: `SELECT 'main' AS name`,
        }[db.dialect],
      )) as [{ name: string }];
      const options = { prefix: `${schema}.${prefix}uuid_in_`, learnerIds: 'uuid' } as const;
      await OLD.migrate(db, options);
      await NEW.migrate(db, options);
      const [row] = await db.query(`SELECT description FROM ${options.prefix}schema`);
      expect(JSON.parse(String(row!.description)).step).toBe(4);
      for (const table of TABLES) await db.query(`DROP TABLE ${options.prefix}${table}`);
    });

    test('a pair that this library numbers has the segment of its link', async () => {
      const { library } = openStep1(NEW, db, prefix, 'text', 'one');
      await library.apply({ type: 'link', link: { id: 'York/c1', segmentId: 'York', courseId: 'c1' } });
      const rows = await db.query(
        `SELECT ${textOf(db, 'segment_id')} FROM ${prefix}text_se_pairs WHERE link_id = 'York/c1'`,
      );
      expect(rows).toEqual([{ segment_id: 'York' }]);
    });

    test('two segments may number the same link and course', async () => {
      const insert = `INSERT INTO ${prefix}text_se_pairs (tenant, course_id, link_id, segment_id) VALUES ('', 'c1', 'again', `;
      await db.query(`${insert}'s')`);
      await db.query(`${insert}'t')`);
      await expect(db.query(`${insert}'t')`)).rejects.toThrow(/unique|duplicate/iu);
    });

    test('a library of step 1 that starts after the migration is rejected with both versions', async () => {
      const { library } = openStep1(OLD, db, prefix, 'text', '');
      await expect(library.reconcile()).rejects.toMatchObject({
        cause: { message: expect.stringContaining('The tables are of version 2, not 1: run migrate(driver)') },
      });
      await expect(OLD.migrate(db, of('text'))).rejects.toThrow('The tables are of version 2, not 1');
    });

    // The rejected library has created its table of unsettled work again.
    test('a library of step 1 that still runs cannot write, whatever tables another one has created', async () => {
      const segment = { id: 'late', title: 'Late', rule: { everyone: true } } as const;
      await expect(running.library.apply({ type: 'saveSegment', segment })).rejects.toMatchObject({
        code: 'repository_failed',
        cause: { message: expect.stringContaining('stamp') },
      });
      const { catalog } = await contentsOf(openStep1(NEW, db, prefix, 'text', ''));
      expect(catalog.revision).toBe(expected.text!['']!.catalog.revision);
    });
  });
}

/** A column as text, under its own name. */
function textOf({ dialect }: SqlDriver, column: string): string {
  return `${dialect === 'mysql' ? `CONVERT(${column} USING utf8mb4)` : column} AS ${column}`;
}
