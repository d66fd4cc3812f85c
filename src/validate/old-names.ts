import type { Place } from './place.js';

/** The message for the name that a link's rule had in earlier versions. */
export const NAMED_RULE = '"profile" is now "rule"';

/** The message for the keys that unsettled work had in earlier versions. */
export const NAMED_WORK =
  'unsettled work is stored as it was given to commit: "revision", "pass" and "after" are now "operation" and "ranges"';

const RULE_KEYS: readonly string[] = ['all', 'any', 'not', 'everyone', 'segment', 'field'];

/** Returns the message for an old name; undefined for every other key. */
export function newName(place: Place | undefined, key: string): string | undefined {
  let named = place;
  while (named && typeof named.step === 'number') named = named.parent;
  // In a link, in a list of links, and in the options of linkCourses.
  const isOfLink = named === undefined || named.step === 'link' || named.step === 'links';
  if (place === undefined && key === 'by')
    return 'only apply, learnersChanged and reconcile take "by"; outstanding work keeps the actor of its edit';
  return isOfLink && key === 'profile' ? NAMED_RULE : undefined;
}

/** Returns whether a value looks like a rule, which earlier versions of `linkCourses` took instead of options. */
export function isRule(value: unknown): boolean {
  return typeof value === 'object' && value !== null && RULE_KEYS.some((key) => Object.hasOwn(value, key));
}
