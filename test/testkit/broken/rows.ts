import type { Holdings, LearnerDiff, WriteContext } from '../../../src/index.js';
import type { Broken } from './alter.js';

const isReadable = (row: object): boolean => !('unreadable' in row);

/** Throws for a row that cannot be read, as a parser does. */
function parsing<Row extends object>(rows: readonly Row[]): readonly Row[] {
  if (!rows.every(isReadable)) throw new SyntaxError('Unexpected token in JSON');
  return rows;
}

/** Adapters that break the promises about rows that cannot be read. */
export const brokenUnreadable: readonly Broken[] = [
  {
    id: 'get-unreadable',
    does: 'fails if one of many profiles does not parse',
    fault: () => ({
      rows: ({ learners }) => ({ learners: { get: async (ids) => parsing(await learners.get(ids)) } }),
    }),
  },
  {
    id: 'page-unreadable',
    does: 'treats a profile that does not parse as empty, in pages',
    also: { ids: ['matching-unreadable'], because: 'pages that are narrowed show the same profile' },
    fault: () => ({
      rows: ({ learners }) => ({
        learners: {
          page: async (query) =>
            (await learners.page(query)).map((row) => (isReadable(row) ? row : { id: row.id, profile: {} })),
        },
      }),
    }),
  },
  {
    id: 'matching-unreadable',
    does: 'compares a value that cannot be read, so that it equals nothing',
    fault: () => ({
      rows: ({ learners }) => ({
        learners: {
          async page(query) {
            const page = await learners.page(query);
            if (!query.matching) return page;
            const found = page.filter(isReadable);
            return found.length > 0 || page.length === 0
              ? found
              : learners.page({ ...query, after: page.at(-1)!.id }).then((rows) => rows.filter(isReadable));
          },
        },
      }),
    }),
  },
  {
    id: 'read-unreadable',
    does: 'ignores a row without a course',
    fault: () => ({
      rows: ({ enrolments }) => ({
        enrolments: { read: async (ids, options) => (await enrolments.read(ids, options)).filter(isReadable) },
      }),
    }),
  },
];

const onOneCourse = ({ training }: Holdings): boolean =>
  new Set(training.map(({ courseId }) => courseId)).size < training.length;

/** Adapters that break the promises about several training records of one course. */
export const brokenRetakes: readonly Broken[] = [
  {
    id: 'read-retakes',
    does: 'fails if a subquery for the record returns more than one row',
    fault: () => ({
      rows: ({ enrolments }) => ({
        enrolments: {
          async read(ids, options) {
            const rows = await enrolments.read(ids, options);
            if (rows.some((row) => !('unreadable' in row) && onOneCourse(row)))
              throw new Error('more than one row returned by a subquery');
            return rows;
          },
        },
      }),
    }),
  },
  {
    id: 'training-archive-retakes',
    does: 'archives only the last record',
    fault() {
      const left = new Set<string>();
      return {
        rows: ({ enrolments }) => ({
          enrolments: {
            async write(diffs: readonly LearnerDiff[], context: WriteContext) {
              const rows = await enrolments.read(diffs.map(({ learnerId }) => learnerId));
              for (const row of rows) if (!('unreadable' in row) && onOneCourse(row)) left.add(row.learnerId);
              return enrolments.write(diffs, context);
            },
            async read(ids, options) {
              return (await enrolments.read(ids, options)).map((row) => {
                if ('unreadable' in row || !left.has(row.learnerId) || onOneCourse(row)) return row;
                return { ...row, training: [{ courseId: 'c', status: 'completed' as const }] };
              });
            },
          },
        }),
      };
    },
  },
];
