import type { LearnerDiff, Repositories } from '../../src/index.js';
import { CONTEXT } from '../../src/testkit/store.js';

/** One transaction of an operation, and how it ended. */
export interface Try {
  readonly ids: readonly string[];
  readonly end: 'failed' | 'written' | 'unchanged';
}

/** Repositories whose transactions are recorded in the order in which they end; `refuse` throws for diffs that cannot be written. */
export function recording(
  repositories: Repositories,
  refuse: (diffs: readonly LearnerDiff[]) => void,
  tries: Try[] = [],
): Repositories {
  return {
    ...repositories,
    async transaction(ids, work) {
      let end: Try['end'] = 'unchanged';
      try {
        return await repositories.transaction(ids, (inside) => {
          const write = async (diffs: readonly LearnerDiff[]) => {
            refuse(diffs);
            end = 'written';
            await inside.enrolments.write(diffs, CONTEXT);
          };
          return work({ ...inside, enrolments: { ...inside.enrolments, write } });
        });
      } catch (error) {
        end = 'failed';
        throw error;
      } finally {
        tries.push({ ids, end });
      }
    },
  };
}

/** Learners who failed in a transaction of their own, by id. */
export function failedAlone(tries: readonly Try[]): string[] {
  return [...new Set(tries.flatMap(({ ids, end }) => (end === 'failed' && ids.length === 1 ? ids : [])))].sort();
}

/** Whether several learners failed and no other was written after the last of them: then the store may be the cause. */
export function isStoreSuspect(tries: readonly Try[]): boolean {
  const last = tries.findLastIndex(({ ids, end }) => end === 'failed' && ids.length === 1);
  return failedAlone(tries).length > 1 && !tries.slice(last + 1).some(({ end }) => end === 'written');
}
