import type { SqlHost } from './host.js';

/** Maps each `asStored` of `sqlHost` to the `learners` that it was created with. */
const madeWith = new WeakMap<NonNullable<SqlHost['asStored']>, SqlHost['learners']>();

/** Records that the host's `asStored` returns learners as its `learners` reads them. */
export function storedFor(host: SqlHost): SqlHost {
  if (host.asStored) madeWith.set(host.asStored, host.learners);
  return host;
}

/** Whether a host's `asStored` matches its own `learners`. It does not if `learners` was replaced, as in a spread of `sqlHost`. */
export function describes({ asStored, learners }: SqlHost): boolean {
  return asStored !== undefined && (madeWith.get(asStored) ?? learners) === learners;
}
