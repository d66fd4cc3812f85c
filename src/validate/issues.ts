import { type InputIssue, SmartEnrolmentsError } from '../errors/smart-enrolments-error.js';
import { describe } from '../text/describe.js';
import { type Place, pathOf } from './place.js';
import { ISSUES } from './size-limits.js';

/** Collects the first 1,000 issues of one input. */
export interface Issues {
  readonly list: readonly InputIssue[];
  add(code: InputIssue['code'], place: Place | undefined, message: string): void;
  /** Adds a `wrong_type` issue with what was expected and the kind of value that was found. */
  wrongType(expected: string, found: unknown, place: Place | undefined): void;
  /** Returns whether no more issues are collected; stop reading then. */
  full(): boolean;
}

function createIssues(): Issues {
  const list: InputIssue[] = [];
  const add: Issues['add'] = (code, place, message) => {
    if (list.length < ISSUES) list.push({ code, path: pathOf(place), message });
  };
  return {
    list,
    add,
    wrongType: (expected, found, place) =>
      add('wrong_type', place, `expected ${expected}, not ${Number.isFinite(found) ? found : describe(found)}`),
    full: () => list.length >= ISSUES,
  };
}

/**
 * Runs a reader over an input and returns its copy, or throws one `invalid_input` that lists every issue.
 * An error that the input throws, from a getter or a proxy, becomes an issue too.
 */
export function parse<Value>(read: (issues: Issues) => Value | undefined): Value {
  const issues = createIssues();
  let value: Value | undefined;
  let options: { cause: unknown } | undefined;
  try {
    value = read(issues);
  } catch (cause) {
    issues.add('wrong_type', undefined, 'reading a property threw an error: pass plain data');
    options = { cause };
  }
  if (issues.list.length > 0) throw new SmartEnrolmentsError('invalid_input', { issues: issues.list }, options);
  return value as Value;
}
