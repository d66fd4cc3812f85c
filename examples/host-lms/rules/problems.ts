import { type Field, type InputIssue, isSmartEnrolmentsError, type Rule } from 'smart-enrolments';
import { FIELD_TYPES } from '../lms/fields.js';
import { lineAt, OPERATORS, type Row, type RowProblem } from './row.js';

/** Maps the library's issues with a rule to the lines of the form; undefined for other errors. */
export function rowProblems(
  error: unknown,
  rule: Rule | undefined,
  rows: readonly Row[],
  fields: readonly Field[],
): RowProblem[] | undefined {
  if (!rule || !isSmartEnrolmentsError(error, 'invalid_input')) return undefined;
  // Every new link has the same rule.
  const problems = new Map<string, RowProblem>();
  for (const issue of error.details.issues) {
    const start = issue.path.findIndex((step) => step === 'rule' || step === 'profile');
    if (start < 0) continue;
    const row = lineAt(rule, issue.path.slice(start + 1));
    const message = sentence(issue, rows[row], fields);
    const part = issue.code === 'operator_misfit' ? 'op' : 'value';
    problems.set(`${row} ${message}`, { row, part, message });
  }
  return problems.size > 0 ? [...problems.values()] : undefined;
}

const VALUES: Readonly<Record<Field['type'], string>> = {
  text: 'Write some text.',
  number: 'Write a number, such as 60.',
  boolean: 'Write yes or no.',
  date: 'Write a date as 2026-03-31.',
};

/** Describes an issue in the words of the form, or else in those of the library. */
function sentence({ code, message }: InputIssue, row: Row | undefined, fields: readonly Field[]): string {
  const field = fields.find(({ id }) => row?.about === `field:${id}`);
  if (code === 'blank_value') return 'Write a value.';
  if (!field || !row) return message;
  if (code === 'value_misfit') return VALUES[field.type];
  if (code !== 'operator_misfit') return message;
  const type = FIELD_TYPES[field.type].toLowerCase();
  return `“${OPERATORS[row.op]}” cannot be asked of ${field.title ?? field.id}, which is of the type “${type}”.`;
}
