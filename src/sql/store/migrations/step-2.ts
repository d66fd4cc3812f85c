import { type Fragment, raw, sql } from '../../statement/fragment.js';
import { type Change, changes, FILL_PAIRS, record, type Step } from './step.js';
import { columnTypes, type TableName, type Target, tableOf } from './target.js';

/** Adds columns and a table, which library versions of step 1 ignore. */
export function step2(target: Target): Step {
  const { id, tenant, long, short } = columnTypes(target);
  return {
    number: 2,
    effect: 'processes of step 1 continue to work',
    parts: [
      changes(
        // In the order in which a commit locks them.
        addColumn(target, 'catalog', 'day', short),
        addColumn(target, 'catalog', 'paused', long),
        addColumn(target, 'links', 'policy', long),
        addColumn(target, 'links', 'data', long),
        addColumn(target, 'pairs', 'segment_id', sql`${id} NOT NULL DEFAULT ''`),
        {
          statement: sql`CREATE TABLE IF NOT EXISTS ${tableOf(target, 'outstanding')} (
  tenant ${tenant} NOT NULL,
  operation_id ${id} NOT NULL,
  revision BIGINT NOT NULL,
  operation ${long} NOT NULL,
  links ${long} NOT NULL,
  courses ${long} NOT NULL,
  removed_links ${long} NOT NULL,
  ranges ${long} NOT NULL,
  stamp ${short} NOT NULL,
  PRIMARY KEY (tenant, operation_id)
)`,
        },
      ),
      FILL_PAIRS,
      changes(record(target, { version: 1, step: 2, oldestWriter: 1 })),
    ],
  };
}

function addColumn(target: Target, table: TableName, column: string, type: Fragment): Change {
  return {
    statement: sql`ALTER TABLE ${tableOf(target, table)} ADD COLUMN ${raw(column)} ${type}`,
    isDone: (shape) => shape(table).has(column),
  };
}
