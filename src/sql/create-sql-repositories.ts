import { getOrCreate } from '../collections/get-or-create.js';
import { markInHosts, registerCurrent } from '../engine/current-repositories.js';
import type { LearnerId } from '../model/ids.js';
import type { Learner } from '../model/learner.js';
import type { LearnerRepository, Repositories } from '../repositories/repositories.js';
import { checkOptions } from './check-options.js';
import { supportsAsStored } from './host/as-stored-support.js';
import type { SqlHost } from './host/host.js';
import { inTransaction } from './in-transaction.js';
import { withCallerIds } from './statement/caller-ids.js';
import type { SqlDriver } from './statement/driver.js';
import { hostsDriver } from './statement/hosts-driver.js';
import { invalidOption } from './statement/identifier.js';
import { tablesOf } from './statement/tables.js';
import { catalogIn } from './store/catalog.js';
import { enrolmentsIn } from './store/enrolments.js';
import { possibleIds } from './store/learner-rows.js';
import { checkSchemaOnce } from './store/schema-row.js';
import { CatalogCache } from './transaction/catalog-cache.js';
import { Pairs } from './transaction/pairs.js';
import { Session, type StoreState } from './transaction/session.js';

/** The options of {@link createSqlRepositories}. */
export interface SqlRepositoriesOptions {
  /** The host's database, or a transaction that the host has begun; or a client that is one or the other in each call. */
  readonly driver: SqlDriver;
  /** Where learners, courses and the rest are stored: what {@link sqlHost} returns, or functions of the host's own. */
  readonly host: SqlHost;
  /** The same prefix as in `migrate`. Default `smart_enrolments_`. */
  readonly prefix?: string;
  /** The name of the tenant, of up to 64 bytes, if several tenants share the library's tables. Default `''`. */
  readonly tenant?: string;
  /** How long to wait for a lock, in milliseconds. Default 10,000. On MySQL the server's `innodb_lock_wait_timeout` applies instead. */
  readonly lockTimeout?: number;
  /** How long one statement may take, in milliseconds. Default 60,000. On Postgres only. */
  readonly statementTimeout?: number;
  /**
   * How many learners may be locked within a host transaction, which keeps all its locks until it ends. Default 10,000.
   * Beyond it, an operation rejects with an error that advises to settle outside the transaction.
   */
  readonly mostLockedByHost?: number;
  /**
   * How many batches of a large edit run concurrently, each on its own connection: 1 to 100. Default 2; on SQLite, and in a transaction of the
   * host's, always 1.
   */
  readonly concurrency?: number;
  /**
   * Whether to keep the table of assignments, with a row for each learner, course and link (semantics §8); the same as in `migrate`, and in
   * every process. Default true. Without it, writes cost less, an edit takes time in proportion to all learners, and a roster is not a query.
   */
  readonly assignmentsTable?: boolean;
}

/**
 * Creates repositories over the library's tables, which `migrate` creates, and the host's own.
 * @throws `invalid_input` for invalid options.
 */
export function createSqlRepositories(options: SqlRepositoriesOptions): Repositories {
  checkOptions(options);
  return repositoriesOver(createStore(options), options.driver, options);
}

/** Creates what all repositories of one store share. */
export function createStore(options: SqlRepositoriesOptions): StoreState {
  const { driver, host, prefix, tenant = '' } = options;
  return {
    tables: tablesOf(driver.dialect, prefix),
    ...{ tenant, host, prefix, kind: host.learnerIds ?? 'text' },
    catalogCache: new CatalogCache(),
    pairs: new Pairs(),
    isChecked: false,
    lockTimeout: options.lockTimeout ?? 10_000,
    statementTimeout: options.statementTimeout ?? 60_000,
    keepsAssignments: options.assignmentsTable ?? true,
    mostLocked: options.mostLockedByHost ?? 10_000,
  };
}

/** How repositories use their driver. */
interface Use {
  readonly concurrency?: number | undefined;
  /** Whether every lock of the catalog is exclusive. */
  readonly edits?: boolean | undefined;
  /** Whether the driver must be in a transaction of the host's. */
  readonly inHosts?: boolean;
}

/**
 * Creates the repositories of a store over a driver. An operation asks the driver once for the driver of the current call; calls of the
 * repositories' own methods ask each time.
 */
export function repositoriesOver(
  store: StoreState,
  driver: SqlDriver,
  { concurrency = 2, edits, inHosts = false }: Use,
): Repositories {
  const locked = new WeakMap<SqlDriver, Set<LearnerId>>();
  const concurrencyNow = (): number => (driver.inTransaction || driver.dialect === 'sqlite' ? 1 : concurrency);
  const current = (): Repositories => {
    const db = driver.current?.() ?? driver;
    if (inHosts && !db.inTransaction)
      throw invalidOption('driver', "The host's transaction has ended. Call within(driver) anew in each transaction.");
    const isLocked = getOrCreate(locked, db, () => new Set<LearnerId>());
    const session = new Session(store, hostsDriver(db), undefined, { edits, locked: isLocked });
    const inside = repositoriesIn(session, concurrencyNow());
    if (db.inTransaction) markInHosts(inside);
    return inside;
  };
  const repositories: Repositories = {
    get concurrency() {
      return concurrencyNow();
    },
    catalog: {
      load: async (options) => current().catalog.load(options),
      commit: async (change, options) => current().catalog.commit(change, options),
      settled: async (progress) => current().catalog.settled(progress),
    },
    learners: {
      get: async (ids) => current().learners.get(ids),
      page: async (query) => current().learners.page(query),
      ...(supportsAsStored(store.host) && {
        asStored: async (learners: readonly Learner[]) => current().learners.asStored!(learners),
      }),
    },
    enrolments: {
      read: async (ids, options) => current().enrolments.read(ids, options),
      holders: async (query) => current().enrolments.holders(query),
      write: async (diffs, context) => current().enrolments.write(diffs, context),
    },
    transaction: async (learnerIds, work) => current().transaction(learnerIds, work),
  };
  return registerCurrent(repositories, current);
}

function repositoriesIn(session: Session, concurrency = 1): Repositories {
  const runLocked = <T>(ids: readonly LearnerId[], work: (inside: Session) => Promise<T>): Promise<T> =>
    inTransaction(session, ids, ids.length > 0 ? 'shared' : undefined, work);
  return {
    concurrency,
    catalog: catalogIn(session, (lock, work) => inTransaction(session, [], lock, work)),
    learners: learnersIn(session),
    enrolments: enrolmentsIn(session, runLocked),
    async transaction(learnerIds, work) {
      return runLocked(learnerIds, (inside) => work(repositoriesIn(inside)));
    },
  };
}

function learnersIn(session: Session): LearnerRepository {
  const { db, store } = session;
  return {
    async get(ids) {
      session.throwIfEnded();
      await checkSchemaOnce(session);
      const wanted = possibleIds(session, ids);
      const found = wanted.length > 0 ? await store.host.learners(db, wanted) : [];
      session.recordLookup(wanted, found);
      return withCallerIds(
        store.kind,
        ids,
        found,
        ({ id }) => id,
        (learner, id) => ({ ...learner, id }),
      );
    },
    async page(query) {
      session.throwIfEnded();
      await checkSchemaOnce(session);
      return store.host.page(db, query);
    },
    ...(supportsAsStored(store.host) && {
      async asStored(learners: readonly Learner[]) {
        session.throwIfEnded();
        await checkSchemaOnce(session);
        return store.host.asStored!(db, learners);
      },
    }),
  };
}
