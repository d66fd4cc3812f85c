import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSmartEnrolments, field, linkCourses } from '../../src/index.js';
import { createSqlRepositories, fromPglite, sqlHost } from '../../src/sql/index.js';
import { blocksOf, collapsed, saidBy } from './blocks.js';
import { printedBy } from './run.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const guide = 'docs/on-sql.md';

describe(guide, () => {
  const [code, ...more] = blocksOf(guide, 'ts').filter(({ heading }) => heading === 'Tables');
  const [view, ...others] = blocksOf(guide, 'sql');
  let folder: string;
  beforeAll(() => {
    mkdirSync(join(root, '.scratch'), { recursive: true });
    folder = mkdtempSync(join(root, '.scratch', 'on-sql-'));
    mkdirSync(join(folder, 'migrations'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('the guide writes a migration that the library accepts as its own, and a view of all enrolments', async () => {
    expect([more, others]).toEqual([[], []]);
    const path = join(folder, 'migration.ts');
    writeFileSync(path, code!.code);
    expect(collapsed(await printedBy(path))).toBe(saidBy(code!));

    const database = await PGlite.create();
    for (const { code: tables } of blocksOf('docs/on-postgres-with-pg.md', 'sql')) await database.exec(tables);
    await database.exec(readFileSync(join(folder, 'migrations/0042-smart-enrolments.sql'), 'utf8'));
    await database.exec(view!.code);
    const host = sqlHost({
      learners: { table: 'users', id: 'id', ids: 'integer', columns: { site: 'site' } },
      courses: { table: 'courses', id: 'id', enrolmentMethod: 'enrolment_method' },
    });
    const enrolments = createSmartEnrolments(createSqlRepositories({ driver: fromPglite(database), host }));
    const links = linkCourses('bristol', ['fire-safety']);
    const rule = field('site').equals('Bristol');
    await enrolments.apply([{ type: 'saveSegment', segment: { id: 'bristol', title: 'Bristol', rule } }, ...links]);
    const { rows } = await database.query(
      'SELECT learner_id, course_id, link_id FROM smart_assignments ORDER BY learner_id',
    );
    const link_id = 'bristol/fire-safety';
    expect(rows).toEqual([1, 2, 4].map((id) => ({ learner_id: id, course_id: 'fire-safety', link_id })));
    await database.close();
  });
});
