import type { SmartEnrolments } from '../engine/contract.js';
import { enrolmentsOver } from '../engine/create.js';
import { Engine } from '../engine/engine.js';
import type { SmartEnrolmentsOptions } from '../model/options.js';
import { parse } from '../validate/issues.js';
import { parseOptions, parseTogether } from '../validate/parse.js';
import { rowOf } from '../validate/row.js';
import { checkHostsDriver, checkOptions } from './check-options.js';
import { createStore, repositoriesOver, type SqlRepositoriesOptions } from './create-sql-repositories.js';
import type { SqlDriver } from './statement/driver.js';

/** The options of {@link createSqlEnrolments}: those of the repositories, and those of `createSmartEnrolments`. */
export interface SqlEnrolmentsOptions extends SqlRepositoriesOptions, SmartEnrolmentsOptions {}

/** What {@link createSqlEnrolments} returns. */
export interface SqlEnrolments extends SmartEnrolments {
  /**
   * Returns the same enrolments inside a transaction that the host has begun: everything they write is committed or rolled back with it. They share
   * all that is cached. `edits`: take the catalog's lock exclusively from the first call on. Set it if one transaction makes several calls that
   * write; otherwise two such transactions can wait for each other, and the database ends one of them with a deadlock.
   * @throws `invalid_input` if the driver is not inside a transaction, or is for another kind of database.
   */
  within(driver: SqlDriver, options?: { readonly edits?: boolean }): SmartEnrolments;
}

/**
 * Creates the repositories and what a host calls over them. Create it once for each tenant, and use `within` for the host's own transactions.
 * @throws `invalid_input` for invalid options.
 */
export function createSqlEnrolments(options: SqlEnrolmentsOptions): SqlEnrolments {
  const [sql, parsed] = readOptions(options);
  const store = createStore(sql);
  const engine = new Engine(repositoriesOver(store, sql.driver, sql), parsed);
  return {
    ...enrolmentsOver(() => engine.current()),
    within(driver, given = {}) {
      parse((issues) => checkHostsDriver(driver, given, sql.driver.dialect, issues));
      const hosts = engine.over(repositoriesOver(store, driver, { edits: given.edits, inHosts: true }));
      return enrolmentsOver(() => hosts.current());
    },
  };
}

function readOptions(options: SqlEnrolmentsOptions): [SqlRepositoriesOptions, SmartEnrolmentsOptions] {
  const [sql, given] = parse((issues) => {
    const { inactive, limits, batchSize, clock, ...others } = { ...rowOf(options, 'an object', undefined, issues) };
    const engine = Object.entries({ inactive, limits, batchSize, clock }).filter(([, value]) => value !== undefined);
    return [others as unknown as SqlRepositoriesOptions, Object.fromEntries(engine)] as const;
  });
  return parseTogether<[SqlRepositoriesOptions, SmartEnrolmentsOptions]>(
    () => {
      checkOptions(sql);
      return sql;
    },
    () => parseOptions(given),
  );
}
