import { createSmartEnrolments, field, linkCourses, saveSegment } from '../../../src/index.js';
import { createSqlEnrolments, createSqlRepositories, fromPg, sqlHost } from '../../../src/sql/index.js';
import { timed } from '../../bench/measure/contest.js';
import { makeLms } from '../../sql/lms.js';
import { lmsTables } from '../../sql/lms-tables.js';
import { installClients } from '../set-up.js';
import { poolOver } from './pool.js';

// What a notice of one learner costs in a transaction of the host's, with 3,000 links and 2,000 courses: `npx tsx test/servers/bench/within.ts`.
const [LINKS, COURSES, SITES] = [3_000, 2_000, 100];
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 200);

installClients();
const { pool, drop } = await poolOver('bench_within');
const driver = fromPg(pool);
await makeLms(driver, 'w_');
await driver.query(
  `INSERT INTO w_courses (id, method) SELECT 'c' || n, 'by-assignment-only' FROM generate_series(0, ${COURSES - 1}) n`,
);
await driver.query(
  `INSERT INTO w_users (id, active, profile) SELECT 'u' || n, 1, jsonb_build_object('site', 's' || n % ${SITES}) FROM generate_series(0, 999) n`,
);
const host = sqlHost({ ...lmsTables('w_'), fields: [{ id: 'site', type: 'text' }] });
const options = { driver, host, prefix: 'w_se_' };
const enrolments = createSqlEnrolments(options);
await enrolments.apply(
  Array.from({ length: SITES }, (_, s) => [
    saveSegment({ id: `s${s}`, title: `Site ${s}`, rule: field('site').equals(`s${s}`) }),
    ...linkCourses(
      `s${s}`,
      Array.from({ length: LINKS / SITES }, (_, i) => `c${(s * 20 + i) % COURSES}`),
    ),
  ]).flat(),
);

async function inHosts(notice: (tx: ReturnType<typeof fromPg>) => Promise<unknown>): Promise<void> {
  const client = await pool.connect();
  await client.query('BEGIN');
  await notice(fromPg(client));
  await client.query('COMMIT');
  client.release();
}

const id = (): string => `u${Math.floor(Math.random() * 1_000)}`;
const ways = {
  'a long-lived instance, in its own transaction': () => enrolments.learnersChanged([id()]),
  'within, in a transaction of the host': () => inHosts((tx) => enrolments.within(tx).learnersChanged([id()])),
  'new repositories, in a transaction of the host': () =>
    inHosts((tx) => createSmartEnrolments(createSqlRepositories({ ...options, driver: tx })).learnersChanged([id()])),
};
const walls = new Map<string, number[]>(Object.keys(ways).map((name) => [name, []]));
for (let round = 0; round < ROUNDS; round++)
  for (const [name, run] of Object.entries(ways)) walls.get(name)!.push((await timed(run)).wall);
let first: number | undefined;
for (const [name, all] of walls) {
  const median = all.sort((a, b) => a - b)[Math.floor(all.length / 2)]!;
  first ??= median;
  console.log(`${name}: ${median.toFixed(2)} ms, ${(median / first).toFixed(2)} times`);
}
await drop();
