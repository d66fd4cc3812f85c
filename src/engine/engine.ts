import { compile } from '../catalog/compile.js';
import type { Matcher } from '../catalog/matcher.js';
import type { Catalog } from '../model/catalog.js';
import type { SmartEnrolmentsOptions } from '../model/options.js';
import type { Repositories } from '../repositories/repositories.js';
import { Backoff } from './backoff.js';
import { currentOf } from './current-repositories.js';
import { CheckedCatalogs, guard } from './guard/guard.js';
import { broken } from './guard/guard-failure.js';

/** How many compiled catalogs are kept: the current one, and the one of a preview. */
const KEPT = 2;

/** The catalogs that were compiled last. */
class CompiledCatalogs {
  readonly #inactive: 'freeze' | 'unenrol';
  #compiled: readonly Matcher[] = [];

  constructor(inactive: 'freeze' | 'unenrol') {
    this.#inactive = inactive;
  }

  /** Compiles once as long as the fields, courses, segments and links are the same objects. */
  matcher(catalog: Catalog): Matcher {
    const known = this.#compiled.find((matcher) => isSame(matcher.catalog, catalog));
    if (known) return known;
    const matcher = compile(catalog, { inactive: this.#inactive, previous: this.#compiled[0] });
    this.#compiled = [matcher, ...this.#compiled].slice(0, KEPT);
    return matcher;
  }
}

/** What all operations share: the guarded repositories, the options and the compiled catalogs. */
export class Engine {
  readonly repositories: Repositories;
  readonly limits: SmartEnrolmentsOptions['limits'];
  readonly batchSize: number;
  /** The work that could not be settled, and when it is tried again. */
  readonly backoff: Backoff;
  readonly #clock: () => Date;
  readonly #host: Repositories;
  readonly #options: SmartEnrolmentsOptions;
  readonly #checked: CheckedCatalogs;
  readonly #compiled: CompiledCatalogs;

  constructor(repositories: Repositories, options: SmartEnrolmentsOptions, caches?: Engine, backoff?: Backoff) {
    const { inactive = 'freeze', limits, batchSize = 1_000, clock = () => new Date() } = options;
    this.#host = repositories;
    this.#options = options;
    this.#checked = caches ? caches.#checked : new CheckedCatalogs();
    this.#compiled = caches ? caches.#compiled : new CompiledCatalogs(inactive);
    this.repositories = guard(repositories, this.#checked);
    this.limits = limits;
    this.batchSize = batchSize;
    this.#clock = clock;
    this.backoff = backoff ?? new Backoff(() => this.now(), caches?.backoff);
  }

  /** Returns the engine for an operation that begins now: over the repositories of the current call. */
  current(): Engine {
    const repositories = currentOf(this.#host);
    return repositories ? new Engine(repositories, this.#options, this, this.backoff) : this;
  }

  /** How many batches run concurrently. */
  get concurrency(): number {
    return this.repositories.concurrency ?? 1;
  }

  /** Returns the time by the host's clock. */
  now(): Date {
    try {
      const now = new Date(this.#clock().getTime());
      now.toISOString();
      return now;
    } catch (cause) {
      throw broken('clock', 'It returns a valid Date.', cause);
    }
  }

  /** Returns the time as an ISO 8601 instant in UTC. */
  instant(): string {
    return this.now().toISOString();
  }

  /** Returns the compiled catalog. */
  matcher(catalog: Catalog): Matcher {
    return this.#compiled.matcher(catalog);
  }

  /** Returns an engine over other repositories of the same data, such as those in a transaction, that shares what is checked and compiled. */
  over(repositories: Repositories): Engine {
    return new Engine(repositories, this.#options, this);
  }
}

function isSame(a: Catalog, b: Catalog): boolean {
  return a.fields === b.fields && a.courses === b.courses && a.segments === b.segments && a.links === b.links;
}
