import { isSmartEnrolmentsError, SmartEnrolmentsError } from '../errors/smart-enrolments-error.js';
import type { Edit } from '../model/catalog.js';
import type { Plan } from '../model/diff.js';

/** Runs work on a list of edits. If a single edit was given, the paths of issues start at that edit and not at a list. */
export async function withGivenPaths<T>(change: Edit | readonly Edit[] | Plan, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isSmartEnrolmentsError(error, 'invalid_input') || Array.isArray(change)) throw error;
    const issues = error.details.issues.map((issue) => ({ ...issue, path: issue.path.slice(1) }));
    throw new SmartEnrolmentsError('invalid_input', { issues });
  }
}
