import type { LearnerId } from '../model/ids.js';
import type { UnreadableHoldings, UnreadableLearner } from '../model/learner.js';
import type { Repositories } from '../repositories/repositories.js';

/** The row of a learner that cannot be read: their own, or one of their holdings. */
export type UnreadableRow = 'learner' | 'holdings';

/** The learners with a row that cannot be read. */
export type UnreadableRows = ReadonlyMap<LearnerId, UnreadableRow>;

const REASON = 'This row was made unreadable.';

/** Returns repositories that cannot read some rows of these; they call `onUnreadable` with each learner that they return as unreadable. */
export function withUnreadable(
  repositories: Repositories,
  rows: UnreadableRows,
  onUnreadable: (id: LearnerId) => void = () => undefined,
): Repositories {
  const { catalog, learners, enrolments } = repositories;
  const has = (id: LearnerId, row: UnreadableRow): boolean => rows.get(id) === row;
  const learner = <Row extends { readonly id: LearnerId }>(row: Row): Row | UnreadableLearner => {
    if (!has(row.id, 'learner')) return row;
    onUnreadable(row.id);
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
        const found = await enrolments.read(ids, options);
        if (rows.size === 0) return found;
        const readable = found.filter((row) => !has(row.learnerId, 'holdings'));
        const unreadable = [...new Set(ids)].filter((id) => has(id, 'holdings'));
        for (const id of unreadable) onUnreadable(id);
        return [...readable, ...unreadable.map((learnerId): UnreadableHoldings => ({ learnerId, unreadable: REASON }))];
      },
    },
    transaction: (ids, work) =>
      repositories.transaction(ids, (inside) => work(withUnreadable(inside, rows, onUnreadable))),
  };
}
