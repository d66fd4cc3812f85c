import type { SqlRepositoriesOptions } from './create-sql-repositories.js';
import { refused } from './identifier.js';

const DIALECTS = ['postgres', 'mysql', 'sqlite'];
const HOST = ['fields', 'courses', 'learners', 'page', 'individual', 'training'] as const;
const LIMITS = ['lockTimeout', 'statementTimeout', 'mostLockedByHost'] as const;
/** As the engine takes it. */
const MOST_AT_ONCE = 100;
/** Bytes of a tenant's name that every database keeps. */
const LONGEST_TENANT = 64;

/** Refuses options that would only fail later, somewhere else. */
export function checkOptions(options: SqlRepositoriesOptions): void {
  const { driver, host, tenant } = (options ?? {}) as Partial<SqlRepositoriesOptions>;
  const isDriver = typeof driver?.query === 'function' && typeof driver.transaction === 'function';
  if (!driver || !isDriver || !DIALECTS.includes(driver.dialect)) {
    throw refused('driver', 'It is a SqlDriver: what fromPg, fromMysql2 and the others make of what the host has.');
  }
  const missing = HOST.filter((name) => typeof host?.[name] !== 'function');
  if (missing.length > 0) {
    throw refused(
      'host',
      `It is a SqlHost, which sqlHost makes of a description of tables; it lacks ${missing.join(', ')}.`,
    );
  }
  if (
    tenant !== undefined &&
    (typeof tenant !== 'string' || new TextEncoder().encode(tenant).length > LONGEST_TENANT)
  ) {
    throw refused('tenant', `It is text of up to ${LONGEST_TENANT} bytes.`);
  }
  const { concurrency = 1 } = options;
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > MOST_AT_ONCE) {
    throw refused('concurrency', `It is a whole number from 1 to ${MOST_AT_ONCE}.`);
  }
  for (const name of LIMITS) {
    const value = options[name];
    if (value === undefined || (Number.isSafeInteger(value) && value > 0)) continue;
    throw refused(name, 'It is a whole number above 0.');
  }
}
