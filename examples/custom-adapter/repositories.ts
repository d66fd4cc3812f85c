import { type LearnerId, type Repositories, SmartEnrolmentsError } from 'smart-enrolments';
import type { Scope } from './store.js';

/** The eight methods and `transaction`, over this host's store. */
export function createRepositories(scope: Scope): Repositories {
  return {
    // The store runs one transaction at a time, so it does not need the ids of the learners.
    transaction: (_learnerIds, work) => scope.transaction((inside) => work(createRepositories(inside))),

    catalog: {
      load: async () => scope.state.catalog,

      // The change and the work it leaves are one event: no crash can separate them.
      commit: (change, { expected: { revision: expected }, unsettled }) =>
        scope.transaction(async ({ state, record }) => {
          const found = state.catalog.revision;
          if (found !== expected) throw new SmartEnrolmentsError('catalog_conflict', { expected, found });
          record({ type: 'catalogCommitted', change, unsettled });
          return state.catalog.revision;
        }),

      settled: (progress) => scope.transaction(async ({ record }) => record({ type: 'workSettled', progress })),
    },

    learners: {
      get: async (ids) => [...new Set(ids)].flatMap((id) => scope.state.row(id).learner ?? []),

      // `matching` is a hint for an index; a store without one may return all learners.
      page: async ({ after, upTo, limit }) =>
        between(scope, after, upTo)
          .flatMap((id) => scope.state.row(id).learner ?? [])
          .slice(0, limit),
    },

    enrolments: {
      read: async (ids, options) => {
        const wanted = options?.courses && new Set(options.courses);
        const concerned = (courseId: string): boolean => !wanted || wanted.has(courseId);
        return [...new Set(ids)].map((id) => {
          const { learnerId, assignments, individual, training } = scope.state.row(id).holdings;
          return {
            learnerId,
            assignments: assignments.filter(({ courseId }) => concerned(courseId)),
            individual: individual.filter(concerned),
            training: training.filter(({ courseId }) => concerned(courseId)),
          };
        });
      },

      // All holders, whether or not the host still has them: this finds learners who left without a notice.
      holders: async ({ links, after, upTo, limit }) => {
        const wanted = links && new Set(links);
        return between(scope, after, upTo)
          .filter((id) => scope.state.row(id).holdings.assignments.some(({ linkId }) => !wanted || wanted.has(linkId)))
          .slice(0, limit);
      },

      // The event contains the diffs and their operation. An outbox for notifications would be written here too, in the same line.
      write: (diffs, { operation, at }) =>
        scope.transaction(async ({ record }) => record({ type: 'enrolmentsWritten', diffs, operation, at })),
    },
  };
}

/** The ids after one and up to another, in the store's order. Neither has to exist. */
function between({ state }: Scope, after?: LearnerId, upTo?: LearnerId): LearnerId[] {
  return state.ids().filter((id) => (after === undefined || id > after) && (upTo === undefined || id <= upTo));
}
