import { raw, sql } from '../../statement/fragment.js';
import { copyUnsettled } from './copy-unsettled.js';
import { pairsKey } from './pairs-key.js';
import { type Change, changes, FILL_PAIRS, record, type Step } from './step.js';
import { bareNameOf, type TableName, type Target, tableOf } from './target.js';

/**
 * Changes that library versions of step 1 cannot work with. First their writes are rejected. Then the columns that each of their operations reads
 * first are renamed, which waits until their transactions have ended: from then on, only this version uses the rows.
 */
export function step3(target: Target): Step {
  return {
    number: 3,
    effect: 'processes of step 1 are refused',
    parts: [
      changes(record(target, { version: 2, step: 2, oldestWriter: 3 })),
      changes(
        renameColumn(target, 'catalog', 'stamp', 'content_id'),
        renameColumn(target, 'links', 'profile', 'rule'),
        renameTable(target, 'unsettled', 'unsettled_moved'),
      ),
      changes(
        { statement: copyUnsettled(target), isDone: (shape) => shape('unsettled_moved').size === 0 },
        dropTable(target, 'unsettled_moved'),
        // A library version of step 1 that started meanwhile was rejected, but has created the table again.
        dropTable(target, 'unsettled'),
      ),
      FILL_PAIRS,
      changes(...pairsKey(target), record(target, { version: 2, step: 3, oldestWriter: 3 })),
    ],
  };
}

function renameColumn(target: Target, table: TableName, from: string, to: string): Change {
  return {
    statement: sql`ALTER TABLE ${tableOf(target, table)} RENAME COLUMN ${raw(from)} TO ${raw(to)}`,
    isDone: (shape) => shape(table).has(to),
  };
}

/** Renames a table. The change is made if the old table no longer exists or the new one does; the new one may have been dropped since. */
function renameTable(target: Target, from: TableName, to: TableName): Change {
  const name = target.dialect === 'mysql' ? tableOf(target, to) : bareNameOf(target, to);
  return {
    statement: sql`ALTER TABLE ${tableOf(target, from)} RENAME TO ${name}`,
    isDone: (shape) => shape(from).size === 0 || shape(to).size > 0,
  };
}

function dropTable(target: Target, name: TableName): Change {
  return { statement: sql`DROP TABLE IF EXISTS ${tableOf(target, name)}` };
}
