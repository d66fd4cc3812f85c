import type { Place } from './place.js';

/** Names that earlier versions had; each message says what to write instead. */
const OLD: readonly { readonly within: readonly string[]; readonly key: string; readonly message: string }[] = [
  { within: ['link', 'links'], key: 'profile', message: 'the rule of a link is called "rule" now' },
];

const RULE_KEYS: readonly string[] = ['all', 'any', 'not', 'everyone', 'segment', 'field'];

/** Returns what to write instead of an old name; undefined for every other key. */
export function newName(place: Place | undefined, key: string): string | undefined {
  let named = place;
  while (named && typeof named.step === 'number') named = named.parent;
  return OLD.find((old) => old.key === key && old.within.some((name) => name === named?.step))?.message;
}

/** Returns the key that makes a value look like a rule, which `linkCourses` took instead of options; undefined where there is none. */
export function ruleKeyIn(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null ? RULE_KEYS.find((key) => Object.hasOwn(value, key)) : undefined;
}
