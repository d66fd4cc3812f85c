import type { Dialect } from '../../statement/driver.js';
import { type Fragment, raw, sql } from '../../statement/fragment.js';
import { quoted } from '../../statement/identifier.js';
import type { ColumnsFacts } from './column-facts.js';
import type { HostTable } from './host-tables.js';
import { hasTenant } from './tenant-condition.js';

/** One of the host's tables, under a short alias. */
export class TableRef {
  constructor(
    readonly dialect: Dialect,
    readonly host: HostTable,
    readonly alias: string,
    readonly tenant: string | number | undefined,
    /** The facts of its columns; without them nothing is assumed. */
    readonly facts: ColumnsFacts = () => undefined,
  ) {}

  /** The table with its alias, for FROM. */
  get from(): Fragment {
    return sql`${quoted(this.dialect, this.host.table, 'table')} AS ${raw(this.alias)}`;
  }

  column(name: string): Fragment {
    return sql`${raw(this.alias)}.${quoted(this.dialect, name, 'column')}`;
  }

  /** A condition that rows belong to this tenant; true of all rows if the table has no tenant column. */
  get tenantCondition(): Fragment {
    const { tenant } = this.host;
    return tenant === undefined || this.tenant === undefined
      ? raw('TRUE')
      : hasTenant(this.dialect, this.column(tenant), this.facts(tenant), String(this.tenant));
  }
}
