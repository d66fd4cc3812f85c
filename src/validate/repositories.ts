import type { Repositories } from '../repositories/repositories.js';
import type { Issues } from './issues.js';
import { at } from './place.js';
import { CONCURRENCY } from './size-limits.js';

const METHODS = {
  catalog: ['load', 'commit', 'settled'],
  learners: ['get', 'page'],
  enrolments: ['read', 'holders', 'write'],
} as const satisfies {
  readonly [Name in Exclude<keyof Repositories, 'transaction' | 'concurrency'>]: readonly (keyof Repositories[Name])[];
};

/** Returns whether a value has all members of repositories; adds an issue for each that is missing or wrong. Extra members are allowed. */
export function areRepositories(value: unknown, issues: Issues): value is Repositories {
  if (typeof value !== 'object' || value === null) {
    issues.wrongType('repositories: { catalog, learners, enrolments, transaction }', value, undefined);
    return false;
  }
  const found = issues.list.length;
  const given = value as { readonly [key: string]: unknown };
  for (const [name, methods] of Object.entries(METHODS)) {
    const place = at(undefined, name);
    const repository = given[name];
    const usable = (typeof repository === 'object' && repository !== null) || typeof repository === 'function';
    for (const method of methods) {
      const member: unknown = usable ? (repository as { readonly [key: string]: unknown })[method] : undefined;
      if (typeof member !== 'function') issues.wrongType('a method', member, at(place, method));
    }
  }
  if (typeof given.transaction !== 'function')
    issues.wrongType('a method', given.transaction, at(undefined, 'transaction'));
  const { concurrency = 1 } = given;
  if (!(Number.isInteger(concurrency) && (concurrency as number) >= 1 && (concurrency as number) <= CONCURRENCY))
    issues.wrongType(`a whole number from 1 to ${CONCURRENCY}`, concurrency, at(undefined, 'concurrency'));
  return issues.list.length === found;
}
