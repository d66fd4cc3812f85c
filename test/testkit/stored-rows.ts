import type { LearnerId, Repositories, TrainingRecord } from '../../src/index.js';
import { CONTEXT } from '../../src/testkit/store.js';
import { type UnreadableRow, withUnreadable } from '../../src/testkit/unreadable.js';
import type { RowMethod, World } from '../../src/testkit/world.js';

/** All methods by which a world of memory repositories stores rows that memory itself does not store. */
export const ROW_METHODS: readonly RowMethod[] = ['makeUnreadable', 'makeHoldingsUnreadable', 'addTraining'];

/** Additional rows for memory repositories: unreadable ones, and further training records of a course. */
export class StoredRows {
  readonly #unreadable = new Map<LearnerId, UnreadableRow>();
  readonly #retakes: { readonly learnerId: LearnerId; readonly record: TrainingRecord }[] = [];

  /** The methods of a world that store such rows. */
  get methods(): Required<Pick<World, RowMethod>> {
    return {
      makeUnreadable: async (id) => void this.#unreadable.set(id, 'learner'),
      makeHoldingsUnreadable: async (id) => void this.#unreadable.set(id, 'holdings'),
      addTraining: async (learnerId, courseId, status) =>
        void this.#retakes.push({ learnerId, record: { courseId, status } }),
    };
  }

  /** Returns repositories that read and archive these rows in addition to their own. */
  over(repositories: Repositories): Repositories {
    return withUnreadable(this.#withRetakes(repositories), this.#unreadable);
  }

  #withRetakes(repositories: Repositories): Repositories {
    const { enrolments } = repositories;
    return {
      ...repositories,
      enrolments: {
        ...enrolments,
        read: async (ids, options) => {
          const rows = await enrolments.read(ids, options);
          if (this.#retakes.length === 0) return rows;
          const among = options?.courses && new Set(options.courses);
          return rows.map((row) => {
            if ('unreadable' in row) return row;
            const own = this.#retakes.filter(({ learnerId }) => learnerId === row.learnerId);
            const found = own.flatMap(({ record }) => (among?.has(record.courseId) === false ? [] : record));
            return { ...row, training: [...row.training, ...found] };
          });
        },
        write: async (diffs) => {
          await enrolments.write(diffs, CONTEXT);
          for (const { learnerId, unenrolled } of diffs) {
            for (const { courseId, training } of unenrolled) {
              const at = (one: { learnerId: LearnerId; record: TrainingRecord }) =>
                one.learnerId === learnerId && one.record.courseId === courseId;
              if (training !== 'archive') continue;
              for (let i = this.#retakes.findIndex(at); i >= 0; i = this.#retakes.findIndex(at))
                this.#retakes.splice(i, 1);
            }
          }
        },
      },
      transaction: (ids, work) => repositories.transaction(ids, (inside) => work(this.#withRetakes(inside))),
    };
  }
}
