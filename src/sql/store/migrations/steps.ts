import type { SqlDriver } from '../../statement/driver.js';
import { type Fragment, run } from '../../statement/fragment.js';
import { tablesOf } from '../../statement/tables.js';
import { checkLearnerIds, readSchemaRow, type SchemaRow, stepOf } from '../schema-row.js';
import { fillPairs, fillStatement } from './fill-pairs.js';
import { keepAssignments } from './keep-assignments.js';
import { withMigrationLock } from './locks.js';
import { readShape, type Shape } from './shape.js';
import type { Changes, Step } from './step.js';
import { step1 } from './step-1.js';
import { step2 } from './step-2.js';
import { step3 } from './step-3.js';
import { step4 } from './step-4.js';
import type { Target } from './target.js';

/** All steps, in order. */
function stepsOf(target: Target): readonly Step[] {
  return [step1(target), step2(target), step3(target), step4(target)];
}

/** Returns the row of the schema, if the tables exist. */
export async function findSchemaRow(
  driver: SqlDriver,
  target: Target,
  shape: Shape | Promise<Shape> = readShape(driver, target),
): Promise<SchemaRow | undefined> {
  if ((await shape)('schema').size === 0) return undefined;
  return readSchemaRow(driver, tablesOf(target.dialect, target.prefix));
}

/** Applies the steps after `after`. Each part is safe to repeat, and is skipped if another process has applied its step meanwhile. */
export async function applySteps(driver: SqlDriver, target: Target, after: number): Promise<void> {
  for (const { number, parts } of stepsOf(target).slice(after)) {
    for (const part of parts) {
      switch (part.kind) {
        case 'fill pairs':
          await fillPairs(driver, target);
          break;
        case 'keep assignments':
          await keepAssignments(driver, target, true);
          break;
        case 'changes':
          await withMigrationLock(driver, target, (tx) => applyChanges(tx, target, number, part));
          break;
        default:
          part satisfies never;
      }
    }
  }
}

async function applyChanges(tx: SqlDriver, target: Target, number: number, { changes }: Changes): Promise<void> {
  const shape = await readShape(tx, target);
  const row = await findSchemaRow(tx, target, shape);
  // Another process may have created the tables meanwhile.
  if (row) checkLearnerIds(row, tablesOf(target.dialect, target.prefix), target.learnerIds);
  if (stepOf(row) >= number) return;
  for (const { statement, isDone } of changes) if (!isDone?.(shape)) await run(tx, statement);
}

/** Returns the steps after `after` as plain SQL. */
export function printSteps(target: Target, after: number): string {
  return stepsOf(target)
    .slice(after)
    .map(({ number, effect, parts }) => {
      const statements = parts.flatMap((part) => printed(target, part));
      return `-- Step ${number}: ${effect}.\n${statements.map(({ texts }) => `${texts.join('')};\n`).join('\n')}`;
    })
    .join('\n');
}

function printed(target: Target, part: Step['parts'][number]): readonly Fragment[] {
  switch (part.kind) {
    case 'fill pairs':
      return [fillStatement(target)];
    case 'keep assignments':
      return part.printed;
    case 'changes':
      return part.changes.map(({ statement }) => statement);
    default:
      return part satisfies never;
  }
}
