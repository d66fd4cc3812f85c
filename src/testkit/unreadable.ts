import type { LearnerId } from '../model/ids.js';
import type { UnreadableHoldings, UnreadableLearner } from '../model/learner.js';
import type { Repositories } from '../repositories/repositories.js';

/** Which of a learner's rows cannot be read: the learner's own, or one of what they hold. */
export type UnreadableRow = 'learner' | 'holdings';

/** The learners who have a row that cannot be read. */
export type UnreadableRows = ReadonlyMap<LearnerId, UnreadableRow>;

const REASON = 'This row was made unreadable.';

/** Repositories that do what these do, except that they cannot read some rows; `met` is called with each learner returned as unreadable. */
export function withUnreadable(
  repositories: Repositories,
  rows: UnreadableRows,
  met: (id: LearnerId) => void = () => undefined,
): Repositories {
  const { catalog, learners, enrolments } = repositories;
  const has = (id: LearnerId, row: UnreadableRow): boolean => rows.get(id) === row;
  const learner = <Row extends { readonly id: LearnerId }>(row: Row): Row | UnreadableLearner => {
    if (!has(row.id, 'learner')) return row;
    met(row.id);
    return { id: row.id, unreadable: REASON };
  };
  return {
    ...repositories,
    catalog,
    learners: {
      ...learners,
      get: async (ids) => (await learners.get(ids)).map(learner),
      async page(query) {
        const { matching, ...everyone } = query;
        // An unreadable learner matches every hint, so no hint is used as long as there is one.
        const isHinted = matching !== undefined && ![...rows.values()].includes('learner');
        return (await learners.page(isHinted ? query : everyone)).map(learner);
      },
    },
    enrolments: {
      ...enrolments,
      async read(ids, options) {
        const found = new Map((await enrolments.read(ids, options)).map((row) => [row.learnerId, row]));
        const unreadable = [...new Set(ids)].filter((id) => has(id, 'holdings'));
        for (const id of unreadable) {
          met(id);
          found.set(id, { learnerId: id, unreadable: REASON } satisfies UnreadableHoldings);
        }
        return [...found.values()];
      },
    },
    transaction: (ids, work) => repositories.transaction(ids, (inside) => work(withUnreadable(inside, rows, met))),
  };
}
