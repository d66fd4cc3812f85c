import type { Holdings } from '../../../src/index.js';
import { type Broken, type Changing, EVERYBODY, remembered } from './alter.js';

type Courses = readonly string[] | undefined;

const reading =
  (read: (rows: readonly Holdings[], ids: readonly string[], courses: Courses) => readonly Holdings[]): Changing =>
  ({ enrolments }) => ({
    enrolments: { read: async (ids, o) => read(await enrolments.read(ids, o), ids, o?.courses) },
  });

/** Adapters that break what `enrolments.read` promises. */
export const brokenRead: readonly Broken[] = [
  {
    id: 'read-holdings',
    does: 'omits records of courses with only an individual enrolment',
    fault: () => ({
      repositories: reading((rows) =>
        rows.map((row) => ({
          ...row,
          training: row.training.filter(
            ({ courseId }) =>
              !row.individual.includes(courseId) || row.assignments.some((one) => one.courseId === courseId),
          ),
        })),
      ),
    }),
  },
  {
    id: 'read-latest',
    does: 'caches rows until its own process writes',
    fault() {
      const cache = new Map<string, readonly Holdings[]>();
      return {
        repositories: ({ enrolments, transaction }) => ({
          enrolments: {
            async read(ids, options) {
              const key = JSON.stringify([ids, options]);
              const rows = cache.get(key) ?? (await enrolments.read(ids, options));
              cache.set(key, rows);
              return rows;
            },
            write(diffs, context) {
              cache.clear();
              return enrolments.write(diffs, context);
            },
          },
          transaction: (ids, work) => transaction(ids, work).finally(() => cache.clear()),
        }),
      };
    },
  },
  {
    id: 'read-courses',
    does: 'filters assignments and records by course, but not individual enrolments',
    fault: () => ({
      repositories: ({ enrolments }) => ({
        enrolments: {
          async read(ids, options) {
            const rows = await enrolments.read(ids, options);
            if (!options?.courses?.length) return rows;
            const whole = new Map((await enrolments.read(ids)).map((row) => [row.learnerId, row]));
            return rows.map((row) => ({ ...row, individual: whole.get(row.learnerId)!.individual }));
          },
        },
      }),
    }),
  },
  {
    id: 'read-no-courses',
    does: 'treats an empty list of courses as all courses',
    fault: () => ({
      repositories: ({ enrolments }) => ({
        enrolments: { read: (ids, o) => enrolments.read(ids, o?.courses?.length ? o : undefined) },
      }),
    }),
  },
  {
    id: 'read-each-once',
    does: 'returns a row for each id',
    fault: () => ({
      repositories: reading((rows, ids) => ids.flatMap((id) => rows.find((row) => row.learnerId === id) ?? [])),
    }),
  },
  {
    id: 'read-nobody',
    does: 'omits an empty condition',
    fault: () => ({
      repositories: ({ enrolments }) => ({
        enrolments: {
          read: async (ids, o) =>
            enrolments.read(ids.length > 0 ? ids : await enrolments.holders({ limit: EVERYBODY }), o),
        },
      }),
    }),
  },
  {
    id: 'read-gone',
    does: 'joins holdings with existing learners',
    fault: () => ({
      repositories: ({ enrolments, learners }) => ({
        enrolments: {
          async read(ids, o) {
            const there = new Set((await learners.get(ids)).map(({ id }) => id));
            return (await enrolments.read(ids, o)).filter(({ learnerId }) => there.has(learnerId));
          },
        },
      }),
    }),
  },
  {
    id: 'read-lookalikes',
    does: 'compares courses without case',
    fault: () => ({
      repositories: ({ enrolments }) => ({
        enrolments: {
          async read(ids, o) {
            if (!o?.courses) return enrolments.read(ids);
            const folded = new Set(o.courses.map((id) => id.toLowerCase()));
            const asked = (id: string) => folded.has(id.toLowerCase());
            return (await enrolments.read(ids)).map((row) => ({
              ...row,
              assignments: row.assignments.filter(({ courseId }) => asked(courseId)),
              individual: row.individual.filter(asked),
              training: row.training.filter(({ courseId }) => asked(courseId)),
            }));
          },
        },
      }),
    }),
  },
  {
    id: 'read-many',
    does: 'binds a parameter for each id',
    fault: () => ({
      repositories: reading((rows, ids) => {
        if (ids.length > 65_535) throw new Error('bind message has too many parameters');
        return rows;
      }),
    }),
  },
  {
    id: 'read-copies',
    does: 'returns the objects that it stores',
    fault() {
      const kept = remembered((row: Holdings) => structuredClone(row));
      return { repositories: reading((rows) => rows.map(kept)) };
    },
  },
];
