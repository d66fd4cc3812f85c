import { type Issues, parse } from '../validate/issues.js';
import { checkList } from '../validate/list.js';
import { NO_SUCH_KEY } from '../validate/only-keys.js';
import { at } from '../validate/place.js';
import { rowOf } from '../validate/row.js';
import { LIST_LENGTH } from '../validate/size-limits.js';

/** Adds the issues of one value. */
export type Check = (value: unknown, name: string, issues: Issues) => void;

/** Throws one `invalid_input` that lists every issue of the options; those in `optional` may be left out. */
export function checkOptions(
  options: unknown,
  needed: { readonly [name: string]: Check },
  optional: { readonly [name: string]: Check } = {},
): void {
  parse((issues) => {
    const given = rowOf(options, 'options (an object)', undefined, issues);
    if (!given) return;
    for (const [name, check] of Object.entries(needed)) check(given[name], name, issues);
    for (const [name, check] of Object.entries(optional)) {
      if (given[name] !== undefined) check(given[name], name, issues);
    }
  });
}

/** Accepts a function. */
export const aFunction: Check = (value, name, issues) => {
  if (typeof value !== 'function') issues.wrongType('a function', value, at(undefined, name));
};

/** Accepts text. */
export const text: Check = (value, name, issues) => {
  if (typeof value !== 'string') issues.wrongType('text', value, at(undefined, name));
};

/** Accepts whole numbers. */
export const whole: Check = (value, name, issues) => {
  if (!Number.isSafeInteger(value)) issues.wrongType('a whole number', value, at(undefined, name));
};

/** Accepts counts. */
export const count: Check = (value, name, issues) => {
  const isCount = Number.isSafeInteger(value) && (value as number) >= 0;
  if (!isCount) issues.wrongType('a count (0, 1, 2, …)', value, at(undefined, name));
};

/** A day. Timers accept at most about 25 days. */
const LONGEST = 86_400_000;

/** Accepts a number of milliseconds, up to a day. */
export const milliseconds: Check = (value, name, issues) => {
  const isDuration = typeof value === 'number' && value >= 0 && value <= LONGEST;
  if (!isDuration) issues.wrongType('a number of milliseconds, up to a day', value, at(undefined, name));
};

/** Accepts lists of text. */
export const texts: Check = (value, name, issues) => {
  checkList(value, LIST_LENGTH, at(undefined, name), issues, (entry, place) => {
    if (typeof entry !== 'string') issues.wrongType('text', entry, place);
  });
};

/** Accepts lists of objects. */
export const objects: Check = (value, name, issues) => {
  checkList(value, LIST_LENGTH, at(undefined, name), issues, (entry, place) => {
    rowOf(entry, 'an object', place, issues);
  });
};

/** Accepts an object with a number from 0 to 1 for some of these keys. */
export function chances(known: readonly string[]): Check {
  return (value, name, issues) => {
    const place = at(undefined, name);
    const given = rowOf(value, 'an object', place, issues);
    for (const key of Object.keys(given ?? {})) {
      const chance = given![key];
      if (!known.includes(key)) issues.add('unknown_key', at(place, key), NO_SUCH_KEY);
      else if (typeof chance !== 'number' || !(chance >= 0 && chance <= 1))
        issues.wrongType('a number from 0 to 1', chance, at(place, key));
    }
  };
}
