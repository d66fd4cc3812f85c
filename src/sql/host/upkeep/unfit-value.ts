import type { ColumnFacts } from '../columns/column-facts.js';
import type { Constant, HostTables } from '../columns/host-tables.js';
import type { TableRef } from '../columns/table-ref.js';
import type { HostRefs } from '../refs.js';
import { acceptsArchivedNow, NUMBERS } from './archived.js';

type Written = readonly [option: string, column: string, value: Constant | undefined];

/**
 * Returns an error message for the first value that its column would reject or change, so that the library would not find its own rows again;
 * otherwise undefined.
 */
export function unfitValue({ enrolments, training }: HostTables, refs: HostRefs): string | undefined {
  const { set, status } = enrolments ?? {};
  const keep = training?.keep;
  return (
    (enrolments &&
      unfitIn(refs.enrolments!, 'enrolments', [
        ...constants('set', set),
        ...(status
          ? ([
              ['status.active', status.column, status.active],
              ['status.ended', status.column, status.ended],
            ] as const)
          : []),
      ])) ??
    (keep &&
      (unfitIn(refs.training!, 'training', [
        ['keep.status', training.status, keep.status],
        ['keep.archived', training.archived!, keep.archived],
        ...constants('keep.set', keep.set),
      ]) ??
        (keep.archived === undefined ? unfitTime(refs.training!, training.archived!) : undefined)))
  );
}

function constants(option: string, set: Readonly<Record<string, Constant>> = {}): Written[] {
  return Object.entries(set).map(([column, value]) => [option, column, value]);
}

function unfitIn(table: TableRef, name: string, written: readonly Written[]): string | undefined {
  const unfit = written.find(([, column, value]) => !isFit(table, column, value));
  if (!unfit) return undefined;
  const [option, column, value] = unfit;
  return `The column "${column}" of the table ${table.host.table} does not store ${JSON.stringify(value)} unchanged. Correct the value in sqlHost, at ${name}.${option}.`;
}

function unfitTime(table: TableRef, column: string): string | undefined {
  if (acceptsArchivedNow(table.dialect, table.facts(column))) return undefined;
  return `The column "${column}" of the table ${table.host.table} cannot store the time of the write. Set the value that archives a record in sqlHost, at training.keep.archived.`;
}

/** Whether a column stores a value unchanged. MySQL rounds numbers to those of the column, and compares a text with a number as numbers; the other databases convert the constant too. */
function isFit({ dialect, facts }: TableRef, column: string, value: Constant | undefined): boolean {
  const its = facts(column);
  if (dialect !== 'mysql' || !its || value === undefined || value === null) return true;
  return !NUMBERS.mysql.includes(its.type) || isExact(its, typeof value === 'string' ? numberIn(value) : Number(value));
}

function numberIn(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

function isExact({ type, declared }: ColumnFacts, value: number): boolean {
  if (!Number.isFinite(value)) return false;
  switch (type) {
    case 'double':
      return true;
    case 'float':
      return Math.fround(value) === value;
    case 'decimal':
      return Number(value.toFixed(Number(/,(\d+)\)/u.exec(declared)?.[1] ?? 0))) === value;
    default:
      return Number.isInteger(value);
  }
}
