import type { Field, Learner } from '../../../model/learner.js';
import { fieldTypes } from '../../../rules/value.js';
import { type Fragment, raw, sql } from '../../statement/fragment.js';
import { asText, folded, isOfKind } from '../../statement/id-kind.js';
import { selectIfSmall } from '../../statement/select.js';
import { fieldColumns } from '../columns/field-columns.js';
import type { HostTables } from '../columns/host-tables.js';
import { isIdentity, sameId } from '../columns/same-id.js';
import { TableRef } from '../columns/table-ref.js';
import { hasUuidSegments } from '../learner-queries.js';
import { type LearnerRow, learnerConverter, learnerItems, type ReadLearner } from '../learner-row.js';
import { type HostRefs, idColumn } from '../refs.js';
import { POSITION, type StoredRows } from './stored-rows.js';
import type { WrittenLearner } from './written-learner.js';

/** A learner as passed, and what a host writes for them. */
export interface GivenLearner {
  readonly learner: Learner;
  readonly written: WrittenLearner;
  /** Why the learner cannot be stored, if known in advance; then only the id is written. */
  readonly rejection?: string;
}

/** Reads learners as stored, in the order in which they were passed. */
export type ReadStored = (given: readonly GivenLearner[]) => Promise<readonly ReadLearner[] | undefined>;

/** Returns a function that reads learners; it resolves with undefined if one result would be too large. */
export function storedReader(
  tables: HostTables,
  refs: HostRefs,
  fields: readonly Field[] | undefined,
  rows: StoredRows,
): ReadStored {
  const { active, columns = {}, ids: kind = 'text', ...others } = tables.learners;
  const named = fieldColumns(tables.learners).filter(({ column }) => column === active);
  const isActiveRead = ({ learner }: GivenLearner): boolean =>
    learner.active === undefined && named.some(({ field }) => learner.profile[field] !== undefined);
  const read: HostTables = {
    ...tables,
    learners: { ...others, columns, ...(active !== undefined && named.length > 0 && { active }) },
  };
  const learnerOf = learnerConverter(read, fieldTypes(fields), hasUuidSegments(refs, tables));
  const storedOf = (one: GivenLearner, row: LearnerRow): ReadLearner => {
    const [id] = row;
    if (!isOfKind(kind, id)) return { id: one.learner.id, unreadable: `The id is not a valid ${kind}.` };
    if (one.rejection !== undefined) return { id, unreadable: one.rejection };
    const found = learnerOf(row);
    return active === undefined || isActiveRead(one) ? found : withActive(found, one.learner);
  };
  return (given) =>
    rows(
      given.map(({ written }) => written),
      async (db, stored) => {
        const { items } = learnerItems(stored, read);
        const more = [sql`${raw(stored.learners.alias)}.${raw(POSITION)}`, existingId(tables, refs, stored)];
        const from = sql`FROM ${stored.learners.from}`;
        const found = await selectIfSmall<LearnerRow>(db, [...items, ...more], from, []);
        const ordered: ReadLearner[] = [];
        for (const row of found ?? []) {
          const [position, existing] = row.splice(-2) as [number, string | null];
          row[0] = folded(kind, existing ?? row[0]);
          ordered[position] = storedOf(given[position]!, row);
        }
        return found && ordered;
      },
    );
}

function withActive(found: ReadLearner, { active }: Learner): ReadLearner {
  if ('unreadable' in found) return found;
  const { active: _, ...others } = found;
  return active === false ? { ...others, active } : others;
}

/** The id of the existing row that the database finds for a learner's id: its collation may treat several ids as equal. */
function existingId(tables: HostTables, refs: HostRefs, stored: HostRefs): Fragment {
  const { learners: u } = refs;
  const { dialect } = u;
  const { id, ids: kind = 'text' } = tables.learners;
  const facts = u.facts(id);
  if (kind !== 'text' || !facts?.isUnique || isIdentity(dialect, facts)) return raw('NULL');
  const existing = new TableRef(dialect, u.host, 'e', u.tenant, u.facts);
  const isSame = sameId(dialect, idColumn(existing, id), idColumn(stored.learners, id), kind);
  const text = asText(dialect, existing.column(id));
  return sql`(SELECT ${text} FROM ${existing.from} WHERE ${isSame} AND ${existing.tenantCondition} LIMIT 1)`;
}
