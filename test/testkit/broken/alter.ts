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

/** The methods that are otherwise than they should be. */
export interface Change {
  readonly catalog?: Partial<CatalogRepository>;
  readonly learners?: Partial<LearnerRepository>;
  readonly enrolments?: Partial<EnrolmentRepository>;
  readonly transaction?: Repositories['transaction'];
}

/** Says what is changed of repositories that are right; `outer` are those outside the transaction, inside one. */
type ChangingOf<Right> = (right: Right, outer?: Right) => Change;
/** The same of repositories in memory, where every row can be read. */
export type Changing = ChangingOf<MemoryRepositories>;

/** One way of being broken: state of its own for each world. */
export interface Fault {
  readonly repositories?: Changing;
  /** A change of repositories that also have rows that cannot be read, and several training records of one course. */
  readonly rows?: ChangingOf<Repositories>;
  /** On clients opened later only; they get the first one's fault too, unless this is there. */
  readonly reopened?: Changing;
  readonly host?: (right: Host) => Partial<Host>;
  readonly reopenedHost?: (right: Host) => Partial<Host>;
}

/** Repositories with a change made outside transactions and inside. */
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
  /** Never ends, so that a case fails only by its time limit. */
  readonly hangs?: true;
  fault(): Fault;
}
