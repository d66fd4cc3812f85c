import type { SqlHost } from './host.js';

/** By `asStored` that `sqlHost` made: the `learners` that it was made with. */
const madeWith = new WeakMap<NonNullable<SqlHost['asStored']>, SqlHost['learners']>();

/** Records that `asStored` returns learners as these `learners` read them. */
export function storedFor(host: SqlHost): SqlHost {
  if (host.asStored) madeWith.set(host.asStored, host.learners);
  return host;
}

/** Whether a host's `asStored` is about its own `learners`: not if it has replaced these and kept the other, as a spread of `sqlHost` does. */
export function describes({ asStored, learners }: SqlHost): boolean {
  return asStored !== undefined && (madeWith.get(asStored) ?? learners) === learners;
}
