import { createSmartEnrolments } from '../../../src/index.js';
import { createSqlRepositories, fromPg, migrate, type SqlDriver, sqlHost } from '../../../src/sql/index.js';
import { handBack } from '../../bench/measure/own-process.js';
import { watchedReconcile } from '../../bench/measure/resident.js';
import { microseconds } from '../../bench/report/figures.js';
import type { Findings } from '../../bench/report/findings.js';
import { HEAP, poolOver } from './pool.js';

// Reconciles very many people from empty, in a separate process, and measures its memory.
const people = Number(process.argv[2]);
const { pool, drop } = await poolOver('bench_many');
handBack(await flatMemory(fromPg(pool)));

async function flatMemory(db: SqlDriver): Promise<Findings> {
  await db.query('CREATE TABLE person(id bigint PRIMARY KEY, site int NOT NULL, grade int NOT NULL)');
  await db.query(`INSERT INTO person SELECT n, n % 50, n % 7 FROM generate_series(1, ${people}) AS n`);
  await db.query('CREATE TABLE course(id int PRIMARY KEY, method text NOT NULL)');
  await db.query(`INSERT INTO course SELECT n, 'by-assignment-only' FROM generate_series(1, 20) AS n`);
  await db.query('ANALYZE');
  await migrate(db, { learnerIds: 'integer' });
  const tables = {
    learners: { table: 'person', id: 'id', ids: 'integer', columns: { site: 'site', grade: 'grade' } },
    fields: [
      { id: 'site', type: 'number' },
      { id: 'grade', type: 'number' },
    ],
    courses: { table: 'course', id: 'id', enrolmentMethod: 'method' },
  } as const;
  const withoutPeople = { ...sqlHost(tables), page: async () => [] };
  await createSmartEnrolments(createSqlRepositories({ driver: db, host: withoutPeople })).apply(
    Array.from({ length: 20 }, (_, i) => {
      const id = String(i + 1);
      const rule =
        i % 2 === 0 ? { field: 'site', op: 'lt', value: i + 5 } : { field: 'grade', op: 'equals', value: i % 7 };
      return [
        { type: 'saveSegment', segment: { id, title: id, rule } },
        { type: 'link', link: { id, segmentId: id, courseId: id } },
      ] as never[];
    }).flat(),
  );
  const smart = createSmartEnrolments(createSqlRepositories({ driver: db, host: sqlHost(tables) }));
  const { wall, target, ...table } = await watchedReconcile(smart, people);
  await drop();
  return {
    tables: [
      {
        title: `Reconcile of ${people.toLocaleString('en')} people from empty: the client's memory`,
        note: `In a process of its own, with a heap of ${HEAP} MiB at most; ${microseconds((wall * 1000) / people)} a learner.`,
        ...table,
      },
    ],
    targets: [target],
  };
}
