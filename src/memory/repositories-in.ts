import { lowerBound } from '../collections/binary-search.js';
import { byCourse, compareIds } from '../collections/order.js';
import { SmartEnrolmentsError } from '../errors/smart-enrolments-error.js';
import type { CourseId, LearnerId } from '../model/ids.js';
import type { Holdings } from '../model/learner.js';
import type { CatalogRepository } from '../repositories/repositories.js';
import { committing, settling } from './catalog-steps.js';
import { entryOf, type Held, nothingHeld, withEntry } from './held.js';
import type { Learners } from './learners.js';
import type { MemoryEnrolments, MemoryLearners, MemoryRepositories } from './memory-repositories.js';
import type { Scope } from './scope.js';

/** Makes the repositories for one scope: the store itself, or a transaction. */
export function repositoriesIn(scope: Scope, people: Learners): MemoryRepositories {
  return {
    catalog: catalogIn(scope),
    learners: learnersIn(scope, people),
    enrolments: enrolmentsIn(scope),
    async transaction(learnerIds, work) {
      return scope.transaction(learnerIds, (inside) => work(repositoriesIn(inside, people)));
    },
  };
}

function catalogIn(scope: Scope): CatalogRepository {
  return {
    async load() {
      scope.check();
      if (scope.holder) await scope.catalogLock.share(scope.holder);
      scope.check();
      return scope.layer.catalog();
    },
    async commit(change, { expected: { revision: expected }, unsettled }) {
      const step = committing(change, unsettled);
      return scope.transaction([], async ({ holder, layer, catalogLock }) => {
        const alone = await catalogLock.claim(holder!);
        scope.check();
        const { revision } = layer.catalog();
        if (!alone) throw new SmartEnrolmentsError('catalog_conflict', { expected, found: revision + 1 });
        if (revision !== expected) throw new SmartEnrolmentsError('catalog_conflict', { expected, found: revision });
        layer.changeCatalog(step);
        return layer.catalog().revision;
      });
    },
    async settled(work) {
      scope.check();
      scope.layer.changeCatalog(settling(work));
    },
  };
}

function learnersIn(scope: Scope, people: Learners): MemoryLearners {
  return {
    async get(ids) {
      scope.check();
      return people.get(ids);
    },
    async page(query) {
      scope.check();
      return people.page(query, scope.layer.catalog().fields);
    },
  };
}

function enrolmentsIn(scope: Scope): MemoryEnrolments {
  return {
    async read(ids, options) {
      scope.check();
      const among = new Set(options?.courses);
      const courses = options?.courses && [...among].sort(compareIds);
      const rows: Holdings[] = [];
      for (const id of new Set(ids)) {
        const held = scope.layer.held(id);
        const row = held && (courses ? narrowed(held.holdings, courses, among) : held.holdings);
        if (row) rows.push(row);
      }
      return rows;
    },
    async holders(query) {
      scope.check();
      return scope.layer.holders(query);
    },
    async write(diffs) {
      const entries = diffs.map((diff) => entryOf(diff, scope.layer.pairs));
      const ids = entries.map(({ learnerId }) => learnerId);
      await scope.write(ids, (layer) => {
        // Everything is computed before anything is stored: if an entry throws, nothing has changed.
        const made = new Map<LearnerId, Held>();
        for (const entry of entries) {
          const { learnerId } = entry;
          const held = made.get(learnerId) ?? layer.held(learnerId) ?? nothingHeld(learnerId);
          made.set(learnerId, withEntry(held, entry));
        }
        for (const entry of entries) layer.hold(made.get(entry.learnerId)!, entry);
      });
    },
  };
}

/** Up to this many courses are looked up one by one in a learner's list. */
const FEW = 3;

/** Returns what a learner holds on these courses, in order; undefined if they hold nothing there. */
function narrowed(
  holdings: Holdings,
  courses: readonly CourseId[],
  among: ReadonlySet<CourseId>,
): Holdings | undefined {
  const assignments = onCourses(holdings.assignments, courses, among);
  const individual = holdings.individual.filter((courseId) => among.has(courseId));
  const training = onCourses(holdings.training, courses, among);
  if (assignments.length + individual.length + training.length === 0) return undefined;
  return { learnerId: holdings.learnerId, assignments, individual, training };
}

/** Returns the items on one of these courses. Both lists are sorted by course. */
function onCourses<T extends { readonly courseId: CourseId }>(
  items: readonly T[],
  courses: readonly CourseId[],
  among: ReadonlySet<CourseId>,
): T[] {
  if (courses.length > FEW) return items.filter(({ courseId }) => among.has(courseId));
  const found: T[] = [];
  for (const courseId of courses) {
    for (
      let at = lowerBound(items, { courseId }, byCourse);
      at < items.length && items[at]!.courseId === courseId;
      at++
    )
      found.push(items[at]!);
  }
  return found;
}
