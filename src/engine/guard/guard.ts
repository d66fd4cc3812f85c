import type { Repositories } from '../../repositories/repositories.js';
import type { WellFormed } from '../../validate/catalog.js';
import { parseCatalog } from '../../validate/parse.js';
import { areInHosts } from '../current-repositories.js';
import { broken, call, type Failure, wrapped, wrappedInHosts } from './guard-failure.js';
import { checkHoldings } from './guard-holdings.js';
import { checkHolders, checkLearners, checkPage, checkStored } from './guard-learners.js';
import { runTransaction } from './guard-transaction.js';
import { Tolerance } from './tolerance.js';

/** The catalogs that were checked, and how they were corrected. */
export class CheckedCatalogs {
  readonly wellFormed: WellFormed = new WeakSet();
  readonly tolerance = new Tolerance();
}

/**
 * Wraps a host's repositories with checks: what they throw becomes `repository_failed` with the host's error as its cause, and a result that
 * breaks a promise of the interface becomes `contract_broken`. Results are returned unchanged, not copied.
 */
export function guard(repositories: Repositories, checked = new CheckedCatalogs()): Repositories {
  return watch(repositories, areInHosts(repositories) ? wrappedInHosts : wrapped, checked);
}

function watch(host: Repositories, failure: Failure, checked: CheckedCatalogs): Repositories {
  const { wellFormed, tolerance } = checked;
  return {
    get concurrency() {
      return host.concurrency;
    },
    catalog: {
      load: (...options) =>
        call(
          failure,
          'catalog.load',
          async () => tolerance.correct(await host.catalog.load(...options)),
          (catalog) => checkCatalog(catalog, wellFormed),
        ),
      commit: (change, options) =>
        call(
          failure,
          'catalog.commit',
          () => host.catalog.commit(change, options),
          (revision) => {
            if (revision === options.expected.revision + 1) return;
            throw broken('catalog.commit', 'It returns the new revision, one more than the expected one.');
          },
        ),
      settled: (progress) => call(failure, 'catalog.settled', () => host.catalog.settled(progress)),
    },
    learners: {
      get: (ids) =>
        call(
          failure,
          'learners.get',
          () => host.learners.get(ids),
          (result) => checkLearners(ids, result),
        ),
      page: (query) =>
        call(
          failure,
          'learners.page',
          () => host.learners.page(query),
          (result) => checkPage(query, result),
        ),
      ...(host.learners.asStored && {
        asStored: (learners) =>
          call(
            failure,
            'learners.asStored',
            () => host.learners.asStored!(learners),
            (stored) => checkStored(learners, stored),
          ),
      }),
    },
    enrolments: {
      read: (ids, options) =>
        call(
          failure,
          'enrolments.read',
          () => host.enrolments.read(ids, options),
          (result) => checkHoldings(ids, options?.courses, result),
        ),
      holders: (query) =>
        call(
          failure,
          'enrolments.holders',
          () => host.enrolments.holders(query),
          (result) => checkHolders(query, result),
        ),
      write: (diffs, context) => call(failure, 'enrolments.write', () => host.enrolments.write(diffs, context)),
    },
    transaction(learnerIds, work) {
      return runTransaction(host, learnerIds, work, failure, (inside, raw) => watch(inside, raw, checked));
    },
  };
}

function checkCatalog(catalog: unknown, wellFormed: WellFormed): void {
  try {
    parseCatalog(catalog, wellFormed);
  } catch (cause) {
    throw broken(
      'catalog.load',
      'It returns a well-formed catalog whose ids are unique; the cause lists the problems.',
      cause,
    );
  }
}
