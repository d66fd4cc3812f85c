import { SmartEnrolmentsError } from '../errors.js';
import type { CourseId, LearnerId } from '../model/ids.js';
import type { Holdings } from '../model/learner.js';
import type {
  CatalogRepository,
  EnrolmentRepository,
  LearnerRepository,
  Repositories,
} from '../repositories/repositories.js';
import { committing, settling } from './catalog-steps.js';
import { entryOf, nothingHeld, withEntry } from './held.js';
import type { Learners } from './learners.js';
import type { Scope } from './scope.js';

/** The repositories as they are in one scope: on the store itself, or inside a transaction. */
export function repositoriesIn(scope: Scope, people: Learners): Repositories {
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
    async commit(change, { expected, unsettled }) {
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

function learnersIn(scope: Scope, people: Learners): LearnerRepository {
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

function enrolmentsIn(scope: Scope): EnrolmentRepository {
  return {
    async read(ids, options) {
      scope.check();
      const courses = options?.courses && new Set(options.courses);
      return [...new Set(ids)].flatMap((id) => narrowed(scope, id, courses) ?? []);
    },
    async holders(query) {
      scope.check();
      return scope.layer.holders(query);
    },
    async write(diffs) {
      const entries = diffs.map((diff) => entryOf(diff, scope.layer.pairs));
      const ids = entries.map(({ learnerId }) => learnerId);
      await scope.transaction(ids, ({ layer }) => {
        for (const entry of entries) {
          layer.hold(withEntry(layer.held(entry.learnerId) ?? nothingHeld(entry.learnerId), entry));
        }
      });
    },
  };
}

/** What a learner holds, on these courses where they are given; undefined where that is nothing. */
function narrowed({ layer }: Scope, id: LearnerId, courses: ReadonlySet<CourseId> | undefined): Holdings | undefined {
  const holdings = layer.held(id)?.holdings;
  if (!holdings || !courses) return holdings;
  const assignments = holdings.assignments.filter(({ courseId }) => courses.has(courseId));
  const individual = holdings.individual.filter((courseId) => courses.has(courseId));
  const training = holdings.training.filter(({ courseId }) => courses.has(courseId));
  if (assignments.length + individual.length + training.length === 0) return undefined;
  return { learnerId: id, assignments, individual, training };
}
