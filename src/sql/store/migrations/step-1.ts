import { raw, sql } from '../../statement/fragment.js';
import { changes, describe, type Step } from './step.js';
import { columnTypes, type Target, tableOf } from './target.js';

/** The tables before steps were introduced. */
export function step1(target: Target): Step {
  const { dialect } = target;
  const { id, learner, tenant, long, short, number } = columnTypes(target);
  const of = (name: Parameters<typeof tableOf>[1]) => tableOf(target, name);
  // With free space, an updated row stays on its page, and its key is not written again.
  const fillfactor = raw(dialect === 'postgres' ? ' WITH (fillfactor = 70)' : '');
  // Two ids together are longer than MySQL's longest key, so the key there is their hash.
  const pairKeys =
    dialect === 'mysql'
      ? raw(`hash BINARY(32) AS (UNHEX(SHA2(CONCAT(LENGTH(course_id), ':', course_id, link_id), 256))) STORED,
  UNIQUE (tenant, hash),
  INDEX (tenant, link_id(255))`)
      : raw('UNIQUE (tenant, link_id, course_id)');
  const statements = [
    sql`CREATE TABLE IF NOT EXISTS ${of('schema')} (
  one INTEGER PRIMARY KEY,
  description ${long} NOT NULL
)`,
    sql`CREATE TABLE IF NOT EXISTS ${of('catalog')} (
  tenant ${tenant} PRIMARY KEY,
  revision BIGINT NOT NULL,
  stamp ${short} NOT NULL
)`,
    sql`CREATE TABLE IF NOT EXISTS ${of('segments')} (
  tenant ${tenant} NOT NULL,
  id ${id} NOT NULL,
  title ${long} NOT NULL,
  rule ${long},
  PRIMARY KEY (tenant, id)
)`,
    sql`CREATE TABLE IF NOT EXISTS ${of('links')} (
  tenant ${tenant} NOT NULL,
  id ${id} NOT NULL,
  segment_id ${id} NOT NULL,
  course_id ${id} NOT NULL,
  profile ${long},
  PRIMARY KEY (tenant, id)
)`,
    sql`CREATE TABLE IF NOT EXISTS ${of('unsettled')} (
  tenant ${tenant} NOT NULL,
  revision BIGINT NOT NULL,
  stamp ${short} NOT NULL,
  links ${long} NOT NULL,
  courses ${long} NOT NULL,
  pass ${short} NOT NULL,
  after_id ${long},
  PRIMARY KEY (tenant, revision)
)`,
    sql`CREATE TABLE IF NOT EXISTS ${of('learners')} (
  tenant ${tenant} NOT NULL,
  learner_id ${learner} NOT NULL,
  held ${long} NOT NULL,
  PRIMARY KEY (tenant, learner_id)
)${fillfactor}`,
    sql`CREATE TABLE IF NOT EXISTS ${of('pairs')} (
  no ${number},
  tenant ${tenant} NOT NULL,
  course_id ${id} NOT NULL,
  link_id ${id} NOT NULL,
  ${pairKeys}
)`,
    // A library version without steps reads this row too, and does not know a step.
    sql`INSERT INTO ${of('schema')} (one, description) VALUES (1, ${describe(target, { version: 1 })}) ${raw(
      dialect === 'mysql' ? 'ON DUPLICATE KEY UPDATE one = 1' : 'ON CONFLICT (one) DO NOTHING',
    )}`,
  ];
  return {
    number: 1,
    effect: 'makes the first tables',
    parts: [changes(...statements.map((statement) => ({ statement })))],
  };
}
