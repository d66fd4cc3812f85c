import { refused } from '../identifier.js';

/** Refuses what lacks the methods that a wrapper calls, as most of what is made for another one does. */
export function checkCanRun(given: unknown, methods: readonly string[], advice: string): void {
  const db = given as Readonly<Record<string, unknown>> | null | undefined;
  const missing = methods.filter((name) => typeof db?.[name] !== 'function');
  if (missing.length > 0) throw refused('db', `${advice} What was given has no ${missing.join(', ')}.`);
}
