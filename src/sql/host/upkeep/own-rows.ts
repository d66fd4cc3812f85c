import { type Fragment, sql } from '../../statement/fragment.js';
import { hasConstants } from '../columns/constant.js';
import type { HostTables } from '../columns/host-tables.js';
import { isSameTable } from '../columns/same-table.js';
import type { TableRef } from '../columns/table-ref.js';

/** Whether the library keeps its enrolments in the table of individual enrolments. */
function sharesIndividual({ individual, enrolments }: HostTables): boolean {
  return individual !== undefined && enrolments !== undefined && isSameTable(individual.table, enrolments.table);
}

/**
 * A condition that a row of the table of individual enrolments is not the library's, which would otherwise hold itself; undefined if the library
 * writes another table.
 */
export function isIndividual(tables: HostTables, individual: TableRef): Fragment | undefined {
  return sharesIndividual(tables) ? sql`NOT ${hasConstants(individual, tables.enrolments!.set)}` : undefined;
}
