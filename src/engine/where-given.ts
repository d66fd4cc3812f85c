import { isSmartEnrolmentsError, SmartEnrolmentsError } from '../errors.js';
import type { Edit } from '../model/catalog.js';
import type { Plan } from '../model/diff.js';

/** Runs what judges edits as a list; its issues say where they stand in what was given: a list, one edit alone, or a plan. */
export async function whereGiven<T>(change: Edit | readonly Edit[] | Plan, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isSmartEnrolmentsError(error, 'invalid_input') || Array.isArray(change)) throw error;
    const issues = error.details.issues.map((issue) => {
      const path = Object.hasOwn(change, 'edits') ? ['edits', ...issue.path] : issue.path.slice(1);
      return { ...issue, path };
    });
    throw new SmartEnrolmentsError('invalid_input', { issues });
  }
}
