import type { SqlHost } from './host.js';

/** Maps each `asStored` of `sqlHost` to the `learners` that it was created with. */
const learnersOf = new WeakMap<NonNullable<SqlHost['asStored']>, SqlHost['learners']>();

/** Records that the host's `asStored` returns learners as its `learners` reads them. */
export function registerAsStored(host: SqlHost): SqlHost {
  if (host.asStored) learnersOf.set(host.asStored, host.learners);
  return host;
}

/** Whether a host's `asStored` matches its own `learners`. It does not if `learners` was replaced, as in a spread of `sqlHost`. */
export function supportsAsStored({ asStored, learners }: SqlHost): boolean {
  return asStored !== undefined && (learnersOf.get(asStored) ?? learners) === learners;
}
