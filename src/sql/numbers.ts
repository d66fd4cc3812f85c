import type { Assignment } from '../model/learner.js';
import { compareAssignments } from '../model/order.js';
import { given, jsonArray, unlessThere } from './dialect.js';
import { ask, raw, run, sql } from './fragment.js';
import { asText, ofKind } from './id-kind.js';
import type { Session } from './session.js';

const COLUMNS = { course: 'text', link: 'text' } as const;

/** The numbers of these pairs; those that have none are given one. */
export async function numbersOf(session: Session, pairs: readonly Assignment[]): Promise<void> {
  const unknown = pairs.filter((pair) => session.pairs.number(pair) === undefined);
  if (unknown.length === 0) return;
  session.writes();
  const { db, setting } = session;
  const { dialect } = db;
  const { tables, tenant } = setting;
  // In one order, so that two transactions that number the same pairs do not wait for each other.
  const rows = unknown.toSorted(compareAssignments).map(({ courseId, linkId }) => ({ course: courseId, link: linkId }));
  const [course, link] = [ofKind(dialect, 'text', raw('given.course')), ofKind(dialect, 'text', raw('given.link'))];
  await run(
    db,
    sql`INSERT INTO ${tables.pairs} (tenant, course_id, link_id) SELECT ${tenant}, course, link FROM ${given(dialect, COLUMNS, rows)} WHERE TRUE
      ${unlessThere(dialect, 'tenant, link_id, course_id')}`,
  );
  const found = await ask<[number, string, string]>(
    db,
    sql`SELECT ${jsonArray(dialect, [raw('p.no'), asText(dialect, raw('p.course_id')), asText(dialect, raw('p.link_id'))])} AS j
      FROM ${given(dialect, COLUMNS, rows)} JOIN ${tables.pairs} AS p ON p.tenant = ${tenant} AND p.link_id = ${link} AND p.course_id = ${course}`,
  );
  for (const [number, courseId, linkId] of found) session.pairs.add(number, { courseId, linkId });
}

/** Comes to know the pairs of these numbers, as far as they are stored. */
export async function learnPairs(session: Session, lists: Iterable<readonly number[]>): Promise<void> {
  const unknown = new Set<number>();
  for (const list of lists) for (const number of list) if (!session.pairs.pair(number)) unknown.add(number);
  if (unknown.size === 0) return;
  const { db, setting } = session;
  const { tables, tenant } = setting;
  const rows = [...unknown].map((no) => ({ no }));
  const { dialect } = db;
  const found = await ask<[number, string, string]>(
    db,
    sql`SELECT ${jsonArray(dialect, [raw('p.no'), asText(dialect, raw('p.course_id')), asText(dialect, raw('p.link_id'))])} AS j
      FROM ${given(dialect, { no: 'integer' }, rows)} JOIN ${tables.pairs} AS p ON p.tenant = ${tenant} AND p.no = given.no`,
  );
  for (const [number, courseId, linkId] of found) session.pairs.add(number, { courseId, linkId });
}
