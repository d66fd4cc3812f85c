import { isSmartEnrolmentsError, type Rule } from 'smart-enrolments';
import { lineAt, type RowProblem } from './row.js';

/** Finds the line that each of the library's issues with a rule is about; nothing where it is about something else. */
export function rowProblems(error: unknown, rule: Rule | undefined): RowProblem[] | undefined {
  if (!rule || !isSmartEnrolmentsError(error, 'invalid_input')) return undefined;
  const problems = error.details.issues.flatMap(({ path, message }) => {
    const start = path.findIndex((step) => step === 'rule' || step === 'profile');
    return start < 0 ? [] : [{ row: lineAt(rule, path.slice(start + 1)), message }];
  });
  return problems.length > 0 ? problems : undefined;
}
