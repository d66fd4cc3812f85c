import type { HostTables } from '../columns/host-tables.js';
import type { TableRef } from '../columns/table-ref.js';
import type { HostRefs } from '../refs.js';

/** A table of the host's in which the library keeps rows about learners and courses. */
export interface KeptTable {
  readonly table: TableRef;
  readonly names: { readonly learner: string; readonly course: string };
  readonly refs: HostRefs;
  readonly tables: HostTables;
}
