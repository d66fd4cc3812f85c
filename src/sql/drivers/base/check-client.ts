import { type Issues, parse } from '../../../validate/issues.js';
import { onlyKeys } from '../../../validate/only-keys.js';
import { at } from '../../../validate/place.js';
import { rowOf } from '../../../validate/row.js';
import { checkCounts, checkDialect } from '../../check-options.js';
import type { Dialect } from '../../statement/driver.js';
import { checkTransactionOptions, TRANSACTION_OPTIONS } from './transaction-options.js';

/** The methods that a wrapper calls on a client, and what to pass if they are missing. */
export interface Client {
  readonly methods: readonly string[];
  readonly advice: string;
}

/** The options of a wrapper. */
export interface Options {
  /** The dialects that the client may have, if that is an option. */
  readonly dialects?: readonly Dialect[];
  /** Options that are whole numbers of at least 0. */
  readonly counts?: readonly string[];
  /** Options that the wrapper checks itself. */
  readonly others?: readonly string[];
  /** Whether it takes {@link TransactionOptions}. Default true. */
  readonly transactions?: false;
}

/**
 * Checks a client and its options, and creates a driver. Throws one `invalid_input` that lists all issues of both. An error thrown while reading
 * them is an issue, too.
 */
export function driverOf<Driver>(
  read: (issues: Issues) => void,
  make: (fail: (message: string) => undefined) => Driver | undefined,
): Driver {
  return parse((issues) => {
    read(issues);
    const fail = (message: string): undefined => {
      issues.add('wrong_type', at(undefined, 'db'), message);
      return undefined;
    };
    return issues.list.length === 0 ? make(fail) : undefined;
  });
}

/** Adds an issue if a client lacks methods that the wrapper calls, as clients of other libraries mostly do. */
export function checkClient(given: unknown, { methods, advice }: Client, issues: Issues, name = 'db'): void {
  const client = given as Readonly<Record<string, unknown>> | null | undefined;
  const missing = methods.filter((method) => typeof client?.[method] !== 'function');
  if (missing.length === 0) return;
  const methodNames = `${missing.length > 1 ? 'methods' : 'method'} ${missing.join(', ')}`;
  issues.add('wrong_type', at(undefined, name), `It lacks the ${methodNames}. ${advice}`);
}

/** Adds the issues of a wrapper's options. */
export function checkClientOptions(
  given: unknown,
  { dialects, counts = [], others = [], transactions }: Options,
  issues: Issues,
): void {
  const options = given === undefined ? {} : rowOf(given, 'an object', undefined, issues);
  if (!options) return;
  const shared = transactions === false ? [] : TRANSACTION_OPTIONS;
  onlyKeys(options, [...(dialects ? ['dialect'] : []), ...counts, ...others, ...shared], undefined, issues);
  if (transactions !== false) checkTransactionOptions(options, issues);
  if (dialects) checkDialect(options.dialect ?? dialects[0], issues, dialects);
  checkCounts(options, counts, 0, issues);
}
