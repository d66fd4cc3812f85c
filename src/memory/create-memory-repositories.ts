import type { Course } from '../model/catalog.js';
import type { Field, Learner } from '../model/learner.js';
import { parse } from '../validate/issues.js';
import { onlyKeys } from '../validate/only-keys.js';
import { rowOf } from '../validate/row.js';
import { CatalogLock } from './catalog-lock.js';
import { declaring, offering } from './catalog-steps.js';
import { checkRowsWithIds } from './check-arguments.js';
import type { Host } from './host.js';
import { Learners } from './learners.js';
import { memoryHost } from './memory-host.js';
import type { MemoryRepositories } from './memory-repositories.js';
import { repositoriesIn } from './repositories-in.js';
import { Session } from './session.js';
import { Store } from './store.js';

const LISTS: readonly string[] = ['fields', 'courses', 'learners'];

/**
 * Creates repositories that keep everything in memory and fulfil the whole contract: the reference for adapters, and a store for tests of
 * hosts. `host` is the LMS side. Repositories store copies of their input and return frozen objects.
 * @throws `invalid_input` if an option is not a list of objects with ids.
 */
export function createMemoryRepositories(
  initial: {
    /** Left out: the host declares no fields, and rules may name any. */
    readonly fields?: readonly Field[];
    readonly courses?: readonly Course[];
    readonly learners?: readonly Learner[];
  } = {},
): MemoryRepositories & {
  /** The LMS side: changes that hosts make themselves. */
  readonly host: Host;
} {
  checkInitial(initial);
  const store = new Store();
  const people = new Learners();
  if (initial.fields) store.changeCatalog(declaring(initial.fields));
  store.changeCatalog(offering(initial.courses ?? [], []));
  people.save(initial.learners ?? []);
  const session = new Session(store, new CatalogLock());
  return { ...repositoriesIn(session, people), host: memoryHost(session, people) };
}

function checkInitial(initial: unknown): void {
  parse((issues) => {
    const given = rowOf(initial, 'an object', undefined, issues);
    if (!given) return;
    onlyKeys(given, LISTS, undefined, issues);
    for (const name of LISTS) if (given[name] !== undefined) checkRowsWithIds(given[name], name, issues);
  });
}
