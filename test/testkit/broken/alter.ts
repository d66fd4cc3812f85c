import type {
  Catalog,
  CatalogRepository,
  EnrolmentRepository,
  LearnerRepository,
  Repositories,
} from '../../../src/index.js';
import { createMemoryRepositories, type Host, type MemoryRepositories } from '../../../src/memory/index.js';
import type { World } from '../../../src/testkit/index.js';
import { StoredRows } from '../stored-rows.js';

/** The methods that differ from a correct adapter. */
export interface Change {
  readonly catalog?: Partial<CatalogRepository>;
  readonly learners?: Partial<LearnerRepository>;
  readonly enrolments?: Partial<EnrolmentRepository>;
  readonly transaction?: Repositories['transaction'];
}

/** Returns the changed methods of correct repositories. Inside a transaction, `outer` are the repositories outside it. */
type ChangingOf<Right> = (right: Right, outer?: Right) => Change;
/** A change of memory repositories, in which every row can be read. */
export type Changing = ChangingOf<MemoryRepositories>;

/** A way to break an adapter; each world has its own state. */
export interface Fault {
  readonly repositories?: Changing;
  /** A change of repositories that also have unreadable rows and several training records of one course. */
  readonly rows?: ChangingOf<Repositories>;
  /** A change for clients opened later. Without it, they have the same change as the first one. */
  readonly reopened?: Changing;
  readonly host?: (right: Host) => Partial<Host>;
  readonly reopenedHost?: (right: Host) => Partial<Host>;
}

/** Repositories with a change, outside and inside transactions. */
function alter<Right extends Repositories>(right: Right, changing: ChangingOf<Right>, outer?: Right): Repositories {
  const { catalog, learners, enrolments, transaction } = changing(right, outer);
  return {
    catalog: { ...right.catalog, ...catalog },
    learners: { ...right.learners, ...learners },
    enrolments: { ...right.enrolments, ...enrolments },
    transaction: (ids, work) =>
      (transaction ?? right.transaction)(ids, (inside) =>
        work(inside === right ? inside : alter(inside as Right, changing, right)),
      ),
  };
}

/** A world of memory repositories with a fault. */
export async function faulty(fault: Fault): Promise<World> {
  const { repositories, rows, reopened, host, reopenedHost } = fault;
  const { host: right, ...memory } = createMemoryRepositories();
  const stored = new StoredRows();
  const changed = (changing: Changing | undefined): Repositories => {
    const own = changing ? alter<MemoryRepositories>(memory, changing) : memory;
    return rows ? alter(stored.over(own), rows) : stored.over(own);
  };
  const later: World = {
    repositories: changed(reopened ?? repositories),
    host: { ...right, ...(reopenedHost ?? host)?.(right) },
    reopen: async () => later,
    ...stored.methods,
  };
  return { ...later, repositories: changed(repositories), host: { ...right, ...host?.(right) } };
}

/** Maps every loaded catalog; the same catalog gives the same object. */
export function seen(lens: (catalog: Catalog) => Catalog): Changing {
  const known = remembered(lens);
  return ({ catalog }) => ({ catalog: { load: async () => known(await catalog.load()) } });
}

/** Memoises a function of an object. */
export function remembered<From extends object, To>(make: (from: From) => To): (from: From) => To {
  const known = new WeakMap<From, To>();
  return (from) => {
    if (!known.has(from)) known.set(from, make(from));
    return known.get(from)!;
  };
}

/** Returns a promise that never settles. */
export const forEver = (): Promise<never> => new Promise(() => undefined);

/** More than any page. */
export const EVERYBODY = 1_000_000;

/** A broken adapter. It fails its own case, and those in `also` for a reason. */
export interface Broken {
  /** The id of the case that rejects it. */
  readonly id: string;
  /** What the adapter does: a mistake that an author might make. */
  readonly does: string;
  readonly also?: { readonly ids: readonly string[]; readonly because: string };
  /** Whether it hangs, so that the case fails only by its time limit. */
  readonly hangs?: true;
  fault(): Fault;
}
