import { type Issues, parse } from '../../validate/issues.js';
import { onlyKeys } from '../../validate/only-keys.js';
import { at } from '../../validate/place.js';
import { rowOf } from '../../validate/row.js';
import type { Dialect } from '../driver.js';
import { checkCounts, checkDialect } from '../options.js';

/** What a wrapper calls of a client, and what to pass instead of anything else. */
export interface Client {
  readonly methods: readonly string[];
  readonly advice: string;
}

/** The options of a wrapper. */
export interface Options {
  /** The databases that may be behind the client, where that is an option. */
  readonly dialects?: readonly Dialect[];
  /** Options that are whole numbers from 0 on. */
  readonly counts?: readonly string[];
  /** Options that the wrapper checks itself. */
  readonly others?: readonly string[];
}

/**
 * Makes a driver of a client and options that are as described; throws one `invalid_input` that lists everything wrong with either. What
 * reading them throws is an issue, too.
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

/** Adds that a client lacks the methods that a wrapper calls, as most of what is made for another one does. */
export function checkClient(given: unknown, { methods, advice }: Client, issues: Issues, name = 'db'): void {
  const client = given as Readonly<Record<string, unknown>> | null | undefined;
  const missing = methods.filter((method) => typeof client?.[method] !== 'function');
  if (missing.length === 0) return;
  issues.add('wrong_type', at(undefined, name), `${advice} What was given has no ${missing.join(', ')}.`);
}

/** Adds what is wrong with the options of a wrapper. */
export function checkClientOptions(
  given: unknown,
  { dialects, counts = [], others = [] }: Options,
  issues: Issues,
): void {
  const options = given === undefined ? {} : rowOf(given, 'an object', undefined, issues);
  if (!options) return;
  onlyKeys(options, [...(dialects ? ['dialect'] : []), ...counts, ...others], undefined, issues);
  if (dialects) checkDialect(options.dialect ?? dialects[0], issues, dialects);
  checkCounts(options, counts, 0, issues);
}
