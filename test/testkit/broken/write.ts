import type { LearnerDiff } from '../../../src/index.js';
import type { Broken, Changing } from './alter.js';

const writing =
  (write: (diffs: readonly LearnerDiff[]) => readonly LearnerDiff[]): Changing =>
  ({ enrolments }) => ({ enrolments: { write: async (diffs, context) => enrolments.write(write(diffs), context) } });

/** Adapters that break what `enrolments.write` promises about assignments. */
export const brokenWrite: readonly Broken[] = [
  {
    id: 'write-assigns',
    does: 'replaces all assignments if some start and none end',
    fault: () => ({
      repositories: ({ enrolments }) => ({
        enrolments: {
          async write(diffs, context) {
            const rows = await enrolments.read(diffs.map(({ learnerId }) => learnerId));
            const held = new Map(rows.map((row) => [row.learnerId, row.assignments]));
            const replaced = diffs.map((diff) => {
              if (diff.assigned.length === 0 || diff.released.length > 0) return diff;
              const released = (held.get(diff.learnerId) ?? []).map((one) => ({ ...one, cause: 'unlinked' as const }));
              return { ...diff, released };
            });
            return enrolments.write(replaced, context);
          },
        },
      }),
    }),
  },
  {
    id: 'write-releases',
    does: 'removes assignments by their link only',
    also: { ids: ['write-text'], because: 'its links are on several courses too' },
    fault: () => ({
      repositories: ({ enrolments }) => ({
        enrolments: {
          async write(diffs, context) {
            const rows = await enrolments.read(diffs.map(({ learnerId }) => learnerId));
            const held = new Map(rows.map((row) => [row.learnerId, row.assignments]));
            const more = diffs.map((diff) => {
              const links = new Map(diff.released.map((one) => [one.linkId, one.cause]));
              const all = (held.get(diff.learnerId) ?? []).filter(({ linkId }) => links.has(linkId));
              return { ...diff, released: all.map((one) => ({ ...one, cause: links.get(one.linkId)! })) };
            });
            return enrolments.write(more, context);
          },
        },
      }),
    }),
  },
  {
    id: 'write-segment',
    does: 'keeps the segment of the first link with the same id',
    fault() {
      const segments = new Map<string, string>();
      return {
        repositories: writing((diffs) =>
          diffs.map((diff) => ({
            ...diff,
            assigned: diff.assigned.map((one) => {
              if (!segments.has(one.linkId)) segments.set(one.linkId, one.segmentId);
              return { ...one, segmentId: segments.get(one.linkId)! };
            }),
          })),
        ),
      };
    },
  },
  {
    id: 'write-both',
    does: 'stores what starts or what ends, but not both',
    fault: () => ({
      repositories: writing((diffs) =>
        diffs.map((diff) => (diff.assigned.length > 0 ? { ...diff, released: [] } : diff)),
      ),
    }),
  },
  {
    id: 'write-individual',
    does: 'also ends individual enrolments on the course',
    fault() {
      const ended = new Set<string>();
      return {
        repositories: ({ enrolments }) => ({
          enrolments: {
            async read(ids, o) {
              const left = (id: string) => (courseId: string) => !ended.has(JSON.stringify([id, courseId]));
              const rows = await enrolments.read(ids, o);
              return rows.map((row) => ({ ...row, individual: row.individual.filter(left(row.learnerId)) }));
            },
            async write(diffs, context) {
              for (const { learnerId, released } of diffs)
                for (const { courseId } of released) ended.add(JSON.stringify([learnerId, courseId]));
              return enrolments.write(diffs, context);
            },
          },
        }),
      };
    },
  },
  {
    id: 'write-nothing',
    does: 'builds a statement without rows',
    fault: () => ({
      repositories: writing((diffs) => {
        if (diffs.length === 0) throw new Error('syntax error at end of input');
        return diffs;
      }),
    }),
  },
  {
    id: 'write-gone',
    does: 'writes only for existing learners',
    fault: () => ({
      repositories: ({ enrolments, learners }) => ({
        enrolments: {
          async write(diffs, context) {
            const found = await learners.get(diffs.map(({ learnerId }) => learnerId));
            const there = new Set(found.map(({ id }) => id));
            return enrolments.write(
              diffs.filter(({ learnerId }) => there.has(learnerId)),
              context,
            );
          },
        },
      }),
    }),
  },
  {
    id: 'write-text',
    does: 'joins a course and a link with a comma into one key',
    fault: () => ({
      repositories: writing((diffs) =>
        diffs.map((diff) => {
          const byKey = new Map(diff.assigned.map((one) => [`${one.courseId},${one.linkId}`, one]));
          return { ...diff, assigned: [...byKey.values()] };
        }),
      ),
    }),
  },
  {
    id: 'write-many',
    does: 'binds three parameters for each assignment',
    fault: () => ({
      repositories: writing((diffs) => {
        const rows = diffs.reduce((sum, { assigned, released }) => sum + assigned.length + released.length, 0);
        if (rows * 3 > 65_535) throw new Error('bind message has too many parameters');
        return diffs;
      }),
    }),
  },
  {
    id: 'write-survives',
    does: 'finds everything except the holders in a later process',
    also: { ids: ['transaction-undoes-writes'], because: 'it searches for holders in a later process too' },
    fault: () => ({ reopened: () => ({ enrolments: { holders: async () => [] } }) }),
  },
  {
    id: 'write-copies',
    does: 'stores the objects it was given without a copy',
    fault() {
      const given = new Map<string, { readonly courseId: string; readonly linkId: string }>();
      const key = (...parts: string[]) => JSON.stringify(parts);
      return {
        repositories: ({ enrolments }) => ({
          enrolments: {
            async write(diffs, context) {
              for (const { learnerId, assigned } of diffs)
                for (const one of assigned) given.set(key(learnerId, one.courseId, one.linkId), one);
              return enrolments.write(diffs, context);
            },
            async read(ids, o) {
              return (await enrolments.read(ids, o)).map((row) => ({
                ...row,
                assignments: row.assignments.map((one) => ({
                  ...(given.get(key(row.learnerId, one.courseId, one.linkId)) ?? one),
                })),
              }));
            },
          },
        }),
      };
    },
  },
];
