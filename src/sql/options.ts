import { CONCURRENCY } from '../validate/limits.js';
import type { SqlRepositoriesOptions } from './create-sql-repositories.js';
import type { Dialect, SqlDriver } from './driver.js';
import { refused } from './identifier.js';

const DIALECTS: readonly Dialect[] = ['postgres', 'mysql', 'sqlite'];
const HOST = ['fields', 'courses', 'learners', 'page', 'individual', 'training'] as const;
const LIMITS = ['lockTimeout', 'statementTimeout', 'mostLockedByHost'] as const;
const KEYS = ['driver', 'host', 'prefix', 'tenant', 'concurrency', ...LIMITS];
/** Bytes of a tenant's name that every database keeps. */
const LONGEST_TENANT = 64;

/** Refuses what is no driver, as a host's own pool is none. */
export function checkDriver(driver: Partial<SqlDriver> | undefined): void {
  const isDriver = typeof driver?.query === 'function' && typeof driver.transaction === 'function';
  if (isDriver && DIALECTS.some((dialect) => dialect === driver.dialect)) return;
  throw refused('driver', 'It is a SqlDriver: what fromPg, fromMysql2 and the others make of what the host has.');
}

/** Refuses what is none of these databases. */
export function checkDialect(dialect: Dialect, known: readonly Dialect[] = DIALECTS): void {
  if (!known.includes(dialect)) throw refused('dialect', `It is one of ${known.join(', ')}.`);
}

/** Refuses an option that there is not: misspelt, it would be taken for left out. */
export function checkKeys(options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).find((key) => !known.includes(key));
  if (unknown !== undefined) throw refused(unknown, 'There is no such option.');
}

/** Refuses options that would only fail later, somewhere else. */
export function checkOptions(options: SqlRepositoriesOptions): void {
  const { driver, host, tenant } = (options ?? {}) as Partial<SqlRepositoriesOptions>;
  checkDriver(driver);
  const missing = HOST.filter((name) => typeof host?.[name] !== 'function');
  if (missing.length > 0) {
    throw refused(
      'host',
      `It is a SqlHost, which sqlHost makes of a description of tables; it lacks ${missing.join(', ')}.`,
    );
  }
  checkKeys(options, KEYS);
  if (host?.tenant !== undefined && tenant === undefined) {
    throw refused(
      'tenant',
      `The host's tables are read as tenant ${JSON.stringify(host.tenant)}: say whose the library's rows are too, so that they are kept apart; '' if its tables are this tenant's alone.`,
    );
  }
  if (
    tenant !== undefined &&
    (typeof tenant !== 'string' || new TextEncoder().encode(tenant).length > LONGEST_TENANT)
  ) {
    throw refused('tenant', `It is text of up to ${LONGEST_TENANT} bytes.`);
  }
  const { concurrency = 1 } = options;
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > CONCURRENCY) {
    throw refused('concurrency', `It is a whole number from 1 to ${CONCURRENCY}.`);
  }
  for (const name of LIMITS) {
    const value = options[name];
    if (value === undefined || (Number.isSafeInteger(value) && value > 0)) continue;
    throw refused(name, 'It is a whole number above 0.');
  }
}
