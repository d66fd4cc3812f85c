import { lowerBound } from '../collections/binary-search.js';
import { byCourse, compareIds } from '../collections/order.js';
import { SmartEnrolmentsError } from '../errors/smart-enrolments-error.js';
import type { CourseId, LearnerId } from '../model/ids.js';
import type { Holdings } from '../model/learner.js';
import type { CatalogRepository } from '../repositories/repositories.js';
import { committing, settling } from './catalog-steps.js';
import type { Learners } from './learners.js';
import type { MemoryEnrolments, MemoryLearners, MemoryRepositories } from './memory-repositories.js';
import type { Session } from './session.js';
import { emptyHoldings, holdingsChangeOf, type StoredHoldings, withChange } from './stored-holdings.js';

/** Returns the repositories of the store itself, or of one transaction. */
export function repositoriesIn(session: Session, people: Learners): MemoryRepositories {
  return {
    catalog: catalogIn(session),
    learners: learnersIn(session, people),
    enrolments: enrolmentsIn(session),
    async transaction(learnerIds, work) {
      return session.transaction(learnerIds, (inside) => work(repositoriesIn(inside, people)));
    },
  };
}

function catalogIn(session: Session): CatalogRepository {
  return {
    async load() {
      session.throwIfEnded();
      if (session.holder) await session.catalogLock.share(session.holder);
      session.throwIfEnded();
      return session.layer.catalog();
    },
    async commit(change, { expected: { revision: expected }, unsettled }) {
      const step = committing(change, unsettled);
      return session.transaction([], async ({ holder, layer, catalogLock }) => {
        const isGranted = await catalogLock.claim(holder!);
        session.throwIfEnded();
        const { revision } = layer.catalog();
        if (!isGranted) throw new SmartEnrolmentsError('catalog_conflict', { expected, found: revision + 1 });
        if (revision !== expected) throw new SmartEnrolmentsError('catalog_conflict', { expected, found: revision });
        layer.changeCatalog(step);
        return layer.catalog().revision;
      });
    },
    async settled(work) {
      session.throwIfEnded();
      session.layer.changeCatalog(settling(work));
    },
  };
}

function learnersIn(session: Session, people: Learners): MemoryLearners {
  return {
    async get(ids) {
      session.throwIfEnded();
      return people.get(ids);
    },
    async page(query) {
      session.throwIfEnded();
      return people.page(query, session.layer.catalog().fields);
    },
  };
}

function enrolmentsIn(session: Session): MemoryEnrolments {
  return {
    async read(ids, options) {
      session.throwIfEnded();
      const among = new Set(options?.courses);
      const courses = options?.courses && [...among].sort(compareIds);
      const rows: Holdings[] = [];
      for (const id of new Set(ids)) {
        const stored = session.layer.holdingsOf(id);
        const row = stored && (courses ? onlyOnCourses(stored.holdings, courses, among) : stored.holdings);
        if (row) rows.push(row);
      }
      return rows;
    },
    async holders(query) {
      session.throwIfEnded();
      return session.layer.holders(query);
    },
    async write(diffs) {
      const changes = diffs.map((diff) => holdingsChangeOf(diff, session.layer.pairs));
      const ids = changes.map(({ learnerId }) => learnerId);
      await session.write(ids, (layer) => {
        // Everything is computed before anything is stored: if a change throws, nothing is stored.
        const made = new Map<LearnerId, StoredHoldings>();
        for (const change of changes) {
          const { learnerId } = change;
          const stored = made.get(learnerId) ?? layer.holdingsOf(learnerId) ?? emptyHoldings(learnerId);
          made.set(learnerId, withChange(stored, change));
        }
        for (const change of changes) layer.setHoldings(made.get(change.learnerId)!, change);
      });
    },
  };
}

/** Up to this many courses are looked up one by one in a learner's list. */
const FEW = 3;

/** Returns what a learner holds on these courses, in order; undefined if they hold nothing there. */
function onlyOnCourses(
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
