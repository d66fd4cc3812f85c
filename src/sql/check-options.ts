import { type Issues, parse } from '../validate/issues.js';
import { onlyKeys } from '../validate/only-keys.js';
import { at, type Place } from '../validate/place.js';
import { rowOf } from '../validate/row.js';
import { CONCURRENCY } from '../validate/size-limits.js';
import type { Dialect } from './statement/driver.js';
import { ID_KINDS } from './statement/id-kind.js';
import { isPrefix, PREFIX_RULE } from './statement/tables.js';

const DIALECTS: readonly Dialect[] = ['postgres', 'mysql', 'sqlite'];
const HOST = ['fields', 'courses', 'learners', 'page', 'individual', 'training'] as const;
const COUNTS = ['lockTimeout', 'statementTimeout', 'mostLockedByHost'] as const;
const KEYS = ['driver', 'host', 'prefix', 'tenant', 'concurrency', 'assignmentsTable', ...COUNTS];
/** The most bytes of a tenant's name that every supported database stores. */
const LONGEST_TENANT = 64;

// Every check adds its issues to `issues`, so that one error lists all of them.

/** Checks that a value is a driver: a host's own pool is not one. */
export function checkDriver(driver: unknown, issues: Issues): void {
  const place = at(undefined, 'driver');
  const { query, transaction, dialect } = Object(driver) as { readonly [key: string]: unknown };
  const isDriver = typeof query === 'function' && typeof transaction === 'function';
  if (isDriver && DIALECTS.some((known) => known === dialect)) return;
  issues.add(
    'wrong_type',
    place,
    'expected a SqlDriver: pass what fromPg, fromMysql2 or another from… function returns for your client',
  );
}

/** Checks that a value is a driver inside a transaction of the host's, on a database of this dialect, and the options passed with it. */
export function checkHostsDriver(driver: unknown, options: unknown, dialect: Dialect, issues: Issues): void {
  checkDriver(driver, issues);
  const given = rowOf(options, 'an object', undefined, issues);
  if (given) {
    onlyKeys(given, ['edits'], undefined, issues);
    checkFlag(given, 'edits', issues);
  }
  const { inTransaction, dialect: found } = Object(driver) as { readonly [key: string]: unknown };
  const place = at(undefined, 'driver');
  if (found !== dialect) issues.add('wrong_type', place, `expected a driver for ${dialect}, as in createSqlEnrolments`);
  else if (inTransaction !== true)
    issues.add(
      'wrong_type',
      place,
      'expected the driver of a transaction that is open: pass the client that has begun it',
    );
}

/** Checks that a value names one of these databases. */
export function checkDialect(dialect: unknown, issues: Issues, known: readonly Dialect[] = DIALECTS): void {
  if (known.some((each) => each === dialect)) return;
  issues.add('wrong_type', at(undefined, 'dialect'), `expected one of ${known.join(', ')}`);
}

/** Checks that options, if set, are whole numbers of at least `least`. */
export function checkCounts(options: object, names: readonly string[], least: 0 | 1, issues: Issues): void {
  for (const name of names) {
    const value = (options as { readonly [key: string]: unknown })[name];
    if (value === undefined || (Number.isSafeInteger(value) && (value as number) >= least)) continue;
    issues.add('wrong_type', at(undefined, name), `expected a whole number of at least ${least}`);
  }
}

/** Checks that an option, if set, is true or false. */
export function checkFlag(options: Readonly<Record<string, unknown>>, name: string, issues: Issues): void {
  if (['undefined', 'boolean'].includes(typeof options[name])) return;
  issues.add('wrong_type', at(undefined, name), 'expected true or false');
}

/** Checks the optional options of the library's tables. If `most` is passed, `from` is allowed, with a step of up to `most.from`. */
export function checkSchemaOptions(options: unknown, issues: Issues, most?: { readonly from: number }): void {
  const given = options === undefined ? {} : rowOf(options, 'an object', undefined, issues);
  if (!given) return;
  onlyKeys(given, ['prefix', 'learnerIds', 'assignmentsTable', ...(most ? ['from'] : [])], undefined, issues);
  checkPrefix(given.prefix, issues);
  const { from = 0 } = given;
  if (most && !(Number.isInteger(from) && Number(from) >= 0 && Number(from) <= most.from))
    issues.add('wrong_type', at(undefined, 'from'), `expected a step: a whole number from 0 to ${most.from}`);
  const { learnerIds = 'text' } = given;
  checkKind(learnerIds, at(undefined, 'learnerIds'), issues);
  checkFlag(given, 'assignmentsTable', issues);
}

/** Checks the optional options of `verify`. */
export function checkVerifyOptions(options: unknown, issues: Issues): void {
  const given = rowOf(options, 'an object', undefined, issues);
  if (!given) return;
  onlyKeys(given, ['prefix', 'tenant', 'limit'], undefined, issues);
  checkPrefix(given.prefix, issues);
  checkTenant(given.tenant, undefined, issues);
  checkCounts(given, ['limit'], 1, issues);
}

/** Checks the options of `createSqlRepositories`; throws one `invalid_input` that lists all issues. */
export function checkOptions(options: unknown): void {
  parse((issues) => {
    const given = rowOf(options, 'an object', undefined, issues);
    if (!given) return;
    onlyKeys(given, KEYS, undefined, issues);
    checkDriver(given.driver, issues);
    checkHost(given.host, issues);
    checkPrefix(given.prefix, issues);
    checkTenant(given.tenant, given.host, issues);
    const { concurrency = 1 } = given;
    if (!Number.isInteger(concurrency) || Number(concurrency) < 1 || Number(concurrency) > CONCURRENCY)
      issues.add('wrong_type', at(undefined, 'concurrency'), `expected a whole number from 1 to ${CONCURRENCY}`);
    checkCounts(given, COUNTS, 1, issues);
    checkFlag(given, 'assignmentsTable', issues);
  });
}

function checkHost(host: unknown, issues: Issues): void {
  const place = at(undefined, 'host');
  const given = Object(host) as { readonly [key: string]: unknown };
  const missing = HOST.filter((name) => typeof given[name] !== 'function');
  if (missing.length > 0) {
    const message = `expected a SqlHost, such as sqlHost returns; it lacks ${missing.join(', ')}`;
    issues.add('wrong_type', place, message);
  }
  if (given.learnerIds !== undefined) checkKind(given.learnerIds, at(place, 'learnerIds'), issues);
}

function checkKind(kind: unknown, place: Place, issues: Issues): void {
  if (!ID_KINDS.some((known) => known === kind))
    issues.add('wrong_type', place, `expected one of ${ID_KINDS.join(', ')}`);
}

function checkPrefix(prefix: unknown, issues: Issues): void {
  if (prefix !== undefined && !isPrefix(prefix)) issues.add('wrong_type', at(undefined, 'prefix'), PREFIX_RULE);
}

function checkTenant(tenant: unknown, host: unknown, issues: Issues): void {
  const place = at(undefined, 'tenant');
  const { tenant: hosts } = Object(host) as { readonly tenant?: unknown };
  if (tenant === undefined && hosts !== undefined) {
    const which = typeof hosts === 'string' ? `tenant ${JSON.stringify(hosts)}` : 'one tenant';
    const message = `the host's tables are read for ${which}: set the tenant of the library's rows too, so that tenants are kept apart, or '' if the library's tables are this tenant's alone`;
    issues.add('wrong_type', place, message);
  }
  const isName = typeof tenant === 'string' && new TextEncoder().encode(tenant).length <= LONGEST_TENANT;
  if (tenant !== undefined && !isName)
    issues.add('wrong_type', place, `expected text of at most ${LONGEST_TENANT} bytes`);
}
