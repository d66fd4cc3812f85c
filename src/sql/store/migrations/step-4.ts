import { raw, sql } from '../../statement/fragment.js';
import { fillStatement, lockSchema } from './fill-assignments.js';
import { changes, record, type Step } from './step.js';
import { columnTypes, type Target, tableOf } from './target.js';

/** Adds the table of assignments. Processes of step 3 do not write to it, so they are refused if it is kept. */
export function step4(target: Target): Step {
  const { id, tenant, learner, instant } = columnTypes(target);
  const { dialect, assignmentsTable: isKept } = target;
  const at = { version: 2, step: 4, oldestWriter: isKept ? 4 : 3 };
  const table = sql`CREATE TABLE IF NOT EXISTS ${tableOf(target, 'assignments')} (
  tenant ${tenant} NOT NULL,
  learner_id ${learner} NOT NULL,
  pair_no BIGINT NOT NULL,
  since ${instant},
  operation_id ${id},
  PRIMARY KEY (tenant, learner_id, pair_no),
  ${raw(dialect === 'mysql' ? 'INDEX' : 'UNIQUE')} (pair_no, learner_id)
)${raw(dialect === 'sqlite' ? ' WITHOUT ROWID' : '')}`;
  const made = changes({ statement: table }, record(target, { ...at, assignments: isKept ? 'filling' : 'off' }));
  if (!isKept) return { number: 4, effect: 'processes of step 3 continue to work', parts: [made] };
  const filled = [...lockSchema(target), fillStatement(target), record(target, { ...at, assignments: 'on' }).statement];
  return {
    number: 4,
    effect: 'processes of step 3 are refused',
    parts: [made, { kind: 'keep assignments', printed: filled }],
  };
}
