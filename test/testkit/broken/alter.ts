import type {
  Catalog,
  CatalogRepository,
  EnrolmentRepository,
  LearnerRepository,
  Repositories,
} from '../../../src/index.js';
import type { Host, MemoryRepositories } from '../../../src/memory/index.js';
import type { World } from '../../../src/testkit/index.js';
import { memoryWorld } from '../memory-world.js';

/** The methods that are otherwise than they should be. */
export interface Change {
  readonly catalog?: Partial<CatalogRepository>;
  readonly learners?: Partial<LearnerRepository>;
  readonly enrolments?: Partial<EnrolmentRepository>;
  readonly transaction?: Repositories['transaction'];
}

/** Says what is changed of repositories that are right; `outer` are those outside the transaction, inside one. */
export type Changing = (right: MemoryRepositories, outer?: MemoryRepositories) => Change;

/** One way of being broken: state of its own for each world. */
export interface Fault {
  readonly repositories?: Changing;
  /** On clients opened later only; they get the first one's fault too, unless this is there. */
  readonly reopened?: Changing;
  readonly host?: (right: Host) => Partial<Host>;
  readonly reopenedHost?: (right: Host) => Partial<Host>;
}

/** Repositories with a change made outside transactions and inside. */
function alter(right: Repositories, changing: Changing, outer?: Repositories): Repositories {
  // What is changed are repositories in memory.
  const { catalog, learners, enrolments, transaction } = changing(
    right as MemoryRepositories,
    outer as MemoryRepositories | undefined,
  );
  return {
    catalog: { ...right.catalog, ...catalog },
    learners: { ...right.learners, ...learners },
    enrolments: { ...right.enrolments, ...enrolments },
    transaction: (ids, work) =>
      (transaction ?? right.transaction)(ids, (inside) =>
        work(inside === right ? inside : alter(inside, changing, right)),
      ),
  };
}

/** A world of memory repositories with a fault. */
export async function faulty({ repositories, reopened, host, reopenedHost }: Fault): Promise<World> {
  const right = await memoryWorld();
  const changed = (changing: Changing | undefined) =>
    changing ? alter(right.repositories, changing) : right.repositories;
  const later: World = {
    repositories: changed(reopened ?? repositories),
    host: { ...right.host, ...(reopenedHost ?? host)?.(right.host) },
    reopen: async () => later,
  };
  return {
    repositories: changed(repositories),
    host: { ...right.host, ...host?.(right.host) },
    reopen: async () => later,
  };
}

/** Answers every catalog through a lens: the same object for the same catalog. */
export function seen(lens: (catalog: Catalog) => Catalog): Changing {
  const known = remembered(lens);
  return ({ catalog }) => ({ catalog: { load: async () => known(await catalog.load()) } });
}

/** Makes a function of an object that answers the same for the same one. */
export function remembered<From extends object, To>(make: (from: From) => To): (from: From) => To {
  const known = new WeakMap<From, To>();
  return (from) => {
    if (!known.has(from)) known.set(from, make(from));
    return known.get(from)!;
  };
}

/** Never ends. */
export const forEver = (): Promise<never> => new Promise(() => undefined);

/** More than any page. */
export const EVERYBODY = 1_000_000;

/** What is wrong with an adapter: it breaks its own case, and those named with a reason. */
export interface Broken {
  /** The case that finds it. */
  readonly id: string;
  /** What an author might well have written. */
  readonly does: string;
  readonly also?: { readonly ids: readonly string[]; readonly because: string };
  fault(): Fault;
}
