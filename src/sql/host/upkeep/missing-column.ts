import type { Constant, HostTables } from '../columns/host-tables.js';
import type { TableRef } from '../columns/table-ref.js';
import type { HostRefs } from '../refs.js';

type Named = readonly [option: string, column: string | undefined];

/** Returns an error message for the first column that the library would write and its table does not have; otherwise undefined. */
export function missingColumn({ enrolments, training }: HostTables, refs: HostRefs): string | undefined {
  const keep = training?.keep;
  return (
    (enrolments &&
      missingIn(refs.enrolments!, 'enrolments', [
        ...ids(enrolments),
        ...constants('set', enrolments.set),
        ['status.column', enrolments.status?.column],
      ])) ??
    (keep &&
      missingIn(refs.training!, 'training', [
        ...ids(training),
        ['status', training.status],
        ['archived', training.archived],
        ...constants('keep.set', keep.set),
      ]))
  );
}

function ids({ learner, course, tenant }: { learner: string; course: string; tenant?: string }): Named[] {
  return [
    ['learner', learner],
    ['course', course],
    ['tenant', tenant],
  ];
}

function constants(option: string, set: Readonly<Record<string, Constant>> = {}): Named[] {
  return Object.keys(set).map((column) => [option, column]);
}

function missingIn(table: TableRef, name: string, named: readonly Named[]): string | undefined {
  const columns = named.flatMap(([option, column]) => (column === undefined ? [] : [[option, column] as const]));
  // Without any facts the catalog could not be read, and nothing is known.
  if (!columns.some(([, column]) => table.facts(column))) return undefined;
  const missing = columns.find(([, column]) => !table.facts(column));
  if (!missing) return undefined;
  const [option, column] = missing;
  return `The table ${table.host.table} has no column "${column}". Correct the name in sqlHost, at ${name}.${option}.`;
}
