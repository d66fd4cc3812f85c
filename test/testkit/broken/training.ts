import type { Holdings, LearnerDiff, TrainingRecord } from '../../../src/index.js';
import type { Broken, Changing } from './alter.js';

/** Maps each training record that is read, depending on what was written; undefined removes it. */
const records = (
  note: (diff: LearnerDiff, key: (courseId: string) => string) => void,
  lens: (record: TrainingRecord, key: string, row: Holdings) => TrainingRecord | undefined,
): Changing => {
  const keyOf = (learnerId: string) => (courseId: string) => JSON.stringify([learnerId, courseId]);
  return ({ enrolments }) => ({
    enrolments: {
      async write(diffs, context) {
        for (const diff of diffs) note(diff, keyOf(diff.learnerId));
        return enrolments.write(diffs, context);
      },
      async read(ids, o) {
        return (await enrolments.read(ids, o)).map((row) => ({
          ...row,
          training: row.training.flatMap((one) => lens(one, keyOf(row.learnerId)(one.courseId), row) ?? []),
        }));
      },
    },
  });
};

/** Adapters that break what `enrolments.write` promises about training records. */
export const brokenTraining: readonly Broken[] = [
  {
    id: 'training-archive',
    does: 'deletes records that it should archive',
    also: {
      ids: ['training-afresh', 'training-survives', 'transaction-commits'],
      because: 'they check whether archived records stay archived',
    },
    fault: () => ({ host: () => ({ archived: async () => [] }) }),
  },
  {
    id: 'training-archive-only-that',
    does: 'archives the records of all learners on the course',
    fault() {
      const courses = new Map<string, string>();
      return {
        repositories: records(
          ({ learnerId, unenrolled }) => {
            for (const { courseId, training } of unenrolled)
              if (training === 'archive') courses.set(courseId, learnerId);
          },
          (record, _, { learnerId }) => {
            const by = courses.get(record.courseId);
            return by === undefined || by === learnerId ? record : undefined;
          },
        ),
      };
    },
  },
  {
    id: 'training-keep',
    does: 'loses progress when an enrolment ends',
    fault() {
      const gone = new Set<string>();
      return {
        repositories: records(
          ({ unenrolled }, key) => {
            for (const { courseId, training } of unenrolled) if (training === 'keep') gone.add(key(courseId));
          },
          (record, key) => (record.status === 'in-progress' && gone.has(key) ? undefined : record),
        ),
      };
    },
  },
  {
    id: 'training-resume',
    does: 'restarts a record that should resume',
    fault() {
      const resumed = new Set<string>();
      return {
        repositories: records(
          ({ enrolled }, key) => {
            for (const { courseId, training } of enrolled) if (training === 'resume') resumed.add(key(courseId));
          },
          (record, key) => (resumed.has(key) ? { ...record, status: 'in-progress' } : record),
        ),
      };
    },
  },
  {
    id: 'training-afresh',
    does: 'reuses an archived record',
    fault() {
      const archived = new Set<string>();
      return {
        repositories: records(
          ({ unenrolled }, key) => {
            for (const { courseId, training } of unenrolled) if (training === 'archive') archived.add(key(courseId));
          },
          (record, key) => (archived.has(key) ? { ...record, status: 'completed' } : record),
        ),
      };
    },
  },
  {
    id: 'training-survives',
    does: 'keeps archived records in the process only',
    also: { ids: ['transaction-commits'], because: 'it looks through a second client, too' },
    fault: () => ({ host: () => ({}), reopenedHost: () => ({ archived: async () => [] }) }),
  },
];

/** Adapters that do not accept every id. */
export const brokenIds: readonly Broken[] = [
  {
    id: 'ids-long',
    does: 'stores only 255 characters of an id',
    fault: () => ({
      repositories: ({ learners }) => ({
        learners: {
          async get(ids) {
            if (ids.some((id) => id.length > 255)) throw new Error('Data too long for column');
            return learners.get(ids);
          },
        },
      }),
    }),
  },
  {
    id: 'ids-raw',
    does: 'cannot store NUL in text',
    fault: () => ({
      repositories: ({ learners }) => ({
        learners: {
          async get(ids) {
            if (ids.some((id) => id.includes('\0'))) throw new Error('invalid byte sequence for encoding "UTF8": 0x00');
            return learners.get(ids);
          },
        },
      }),
    }),
  },
];
