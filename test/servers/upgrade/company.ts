import type { SqlDriver } from '../../../src/sql/index.js';
import { TABLES } from '../../../src/sql/statement/tables.js';
import { hostTablesSql, type Library, OLD, openStep1 } from '../../sql/step-1.js';

export const LEARNERS = 100_000;
/** How many links have segments without learners; each has a row in `pairs`. */
const IDLE_LINKS = 3_500;
export const KIND = 'integer';

/** People of Bath are few, so that an edit of their courses is quick. */
const SITE = `CASE WHEN n % 250 = 0 THEN 'Bath' WHEN n % 2 = 0 THEN 'Leeds' ELSE 'York' END`;
const GRADE = 'n % 5';

/** The library over the tables of a company of 100,000 people. */
export function openCompany(library: Library, driver: SqlDriver, prefix: string) {
  return openStep1(library, driver, prefix, KIND, '', { batchSize: 1_000 });
}

/**
 * Creates tables of step 1, with 100,000 learners who hold one or two assignments each. Two edits were interrupted: people in Bath lose the
 * course c2 and get c3.
 */
export async function makeCompany(driver: SqlDriver, prefix: string): Promise<void> {
  const se = `${prefix}${KIND}_se_`;
  for (const statement of hostTablesSql(driver.dialect, prefix, KIND)) await driver.query(statement);
  await OLD.migrate(driver, { prefix: se, learnerIds: KIND });
  const concat = (...parts: string[]): string =>
    driver.dialect === 'mysql' ? `CONCAT(${parts.join(', ')})` : `(${parts.join(' || ')})`;
  const unused = concat(`'no-'`, '(n % 70)');
  const idle = concat(`'idle-'`, 'n');
  const courses = Array.from({ length: 50 }, (_, n) => `('c${n}', 'by-assignment-only')`);
  const segments = ['Bath', 'Leeds', 'York'].map((site) => segmentRow(site, site));
  const rows = [
    `INSERT INTO ${prefix}${KIND}_courses (id, method) VALUES ${courses.join(', ')}`,
    `INSERT INTO ${prefix}${KIND}_users (id, site, grade) SELECT n, ${SITE}, ${GRADE} FROM ${numbers(LEARNERS)}`,
    `INSERT INTO ${se}catalog (tenant, revision, stamp) VALUES ('', 2, 'first')`,
    `INSERT INTO ${se}segments (tenant, id, title, rule) VALUES ${segments.join(', ')}`,
    `INSERT INTO ${se}segments (tenant, id, title, rule) SELECT '', ${unused}, 'None', '${ruleOf('Nowhere')}' FROM ${numbers(70)}`,
    ...[
      linkRow('Bath', 'c0', 1),
      linkRow('Leeds', 'c0', 2),
      linkRow('Leeds', 'c1', 3),
      linkRow('York', 'c1', 4),
    ].flat(),
    ...linkRow('Bath', 'c2', 5, false),
    ...linkRow('Bath', 'c3', 6),
    `INSERT INTO ${se}links (tenant, id, segment_id, course_id) SELECT '', ${idle}, ${unused}, ${concat(`'c'`, '(n % 50)')} FROM ${numbers(IDLE_LINKS)}`,
    `INSERT INTO ${se}pairs (tenant, link_id, course_id) SELECT '', ${idle}, ${concat(`'c'`, '(n % 50)')} FROM ${numbers(IDLE_LINKS)}`,
    `INSERT INTO ${se}learners (tenant, learner_id, held) SELECT '', n,
      CASE WHEN n % 250 = 0 THEN CASE WHEN n < 40000 THEN '1' ELSE '1,5' END WHEN n % 2 = 0 THEN '2,3' ELSE '4' END FROM ${numbers(LEARNERS)}`,
    `INSERT INTO ${se}unsettled (tenant, revision, stamp, links, courses, pass, after_id) VALUES
      ('', 1, 'second', '["Bath/c2"]', '["c2"]', 'holders', '39999'), ('', 2, 'third', '["Bath/c3"]', '["c3"]', 'holders', NULL)`,
  ];
  for (const statement of rows) await driver.query(statement);

  function segmentRow(id: string, site: string): string {
    return `('', '${id}', '${id}', '${ruleOf(site)}')`;
  }
  function linkRow(segment: string, course: string, no: number, isLinked = true): string[] {
    const id = `${segment}/${course}`;
    const number = driver.dialect === 'postgres' ? 'OVERRIDING SYSTEM VALUE ' : '';
    const link = `INSERT INTO ${se}links (tenant, id, segment_id, course_id) VALUES ('', '${id}', '${segment}', '${course}')`;
    const restart = `SELECT setval(pg_get_serial_sequence('${se}pairs', 'no'), ${no})`;
    return [
      ...(isLinked ? [link] : []),
      `INSERT INTO ${se}pairs (no, tenant, link_id, course_id) ${number}VALUES (${no}, '', '${id}', '${course}')`,
      ...(driver.dialect === 'postgres' ? [restart] : []),
    ];
  }
}

/** Drops all its tables. */
export async function dropCompany(driver: SqlDriver, prefix: string): Promise<void> {
  for (const name of ['users', 'courses', ...[...TABLES, 'unsettled'].map((table) => `se_${table}`)])
    await driver.query(`DROP TABLE IF EXISTS ${prefix}${KIND}_${name}`);
}

function ruleOf(site: string): string {
  return JSON.stringify({ field: 'site', op: 'equals', value: site });
}

/** The numbers from 1 to so many, as a table with a column `n`, in SQL of all three databases. */
function numbers(count: number): string {
  const digits = `(${Array.from({ length: 10 }, (_, d) => `SELECT ${d} AS d`).join(' UNION ALL ')})`;
  const places = [1, 10, 100, 1_000, 10_000];
  const sum = places.map((place, i) => `${place} * d${i}.d`).join(' + ');
  const joins = places.map((_, i) => `${digits} AS d${i}`).join(' CROSS JOIN ');
  return `(SELECT 1 + ${sum} AS n FROM ${joins}) AS numbers WHERE n <= ${count}`;
}
