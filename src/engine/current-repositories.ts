import type { Repositories } from '../repositories/repositories.js';

const currents = new WeakMap<Repositories, () => Repositories>();

/**
 * Registers that one operation uses the repositories that `current` returns when it begins: their client may be in another transaction in each
 * call. Without a property for it, a host's copy with other methods is not bypassed.
 */
export function registerCurrent(repositories: Repositories, current: () => Repositories): Repositories {
  currents.set(repositories, current);
  return repositories;
}

/** Returns the repositories for an operation that begins now; undefined if they are always the same. */
export function currentOf(repositories: Repositories): Repositories | undefined {
  return currents.get(repositories)?.();
}

const inHosts = new WeakSet<Repositories>();

/** Marks repositories that run in a transaction which the host has begun, and only the host can roll back and run again. */
export function markInHosts(repositories: Repositories): void {
  inHosts.add(repositories);
}

/** Whether these repositories run in a transaction of the host's. */
export function areInHosts(repositories: Repositories): boolean {
  return inHosts.has(repositories);
}
