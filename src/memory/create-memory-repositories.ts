import type { Course } from '../model/catalog.js';
import type { Field, Learner } from '../model/learner.js';
import { CatalogLock } from './catalog-lock.js';
import { declaring, offering } from './catalog-steps.js';
import type { Host } from './host.js';
import { Learners } from './learners.js';
import { memoryHost } from './memory-host.js';
import type { MemoryRepositories } from './memory-repositories.js';
import { repositoriesIn } from './repositories-in.js';
import { Scope } from './scope.js';
import { Store } from './store.js';

/**
 * Creates repositories that keep everything in memory and every promise of the interface: the reference for adapters, and what
 * a host's own tests can run on. `host` is what an LMS does beside them. Copies go in, and frozen copies come out.
 */
export function createMemoryRepositories(
  initial: {
    /** Left out: the host declares no fields, and any may be named. */
    readonly fields?: readonly Field[];
    readonly courses?: readonly Course[];
    readonly learners?: readonly Learner[];
  } = {},
): MemoryRepositories & {
  /** What the LMS does on its own. */
  readonly host: Host;
} {
  const store = new Store();
  const people = new Learners();
  if (initial.fields) store.changeCatalog(declaring(initial.fields));
  store.changeCatalog(offering(initial.courses ?? [], []));
  people.save(initial.learners ?? []);
  const scope = new Scope(store, new CatalogLock());
  return { ...repositoriesIn(scope, people), host: memoryHost(scope, people) };
}
