import { exactText } from '../host/columns/exact-text.js';
import { TableRef } from '../host/columns/table-ref.js';
import { type Fragment, sql } from '../statement/fragment.js';
import type { MappedTables } from './narrow-source.js';
import { FALSE, TRUE } from './narrow-superset.js';
import { oneOfTexts } from './one-of.js';

/** Up to this many segments are listed in the condition; with more, it is TRUE and every learner is read. */
const MAX_SEGMENTS = 1_000;

/** A condition that a learner is placed in one of these segments by hand. */
export function placedInOne({ tables, u }: MappedTables, segments: readonly string[]): Fragment {
  const { placements, learners } = tables;
  if (!placements || segments.length === 0) return FALSE;
  if (segments.length > MAX_SEGMENTS) return TRUE;
  const p = new TableRef(u.dialect, placements, 'p', u.tenant);
  const isListed = oneOfTexts(u.dialect, exactText(u.dialect, p.column(placements.segment)), segments);
  return sql`EXISTS (SELECT 1 FROM ${p.from} WHERE ${p.tenantCondition} AND ${p.column(placements.learner)} = ${u.column(learners.id)} AND ${isListed})`;
}
