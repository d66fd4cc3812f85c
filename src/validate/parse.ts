import { type InputIssue, isSmartEnrolmentsError, SmartEnrolmentsError } from '../errors/smart-enrolments-error.js';
import type { Catalog, Edit } from '../model/catalog.js';
import type { LinkOptions } from '../model/edit-options.js';
import type { CourseId, LearnerId } from '../model/ids.js';
import type { SmartEnrolmentsOptions, WhatIf } from '../model/options.js';
import type { Rule } from '../model/rule.js';
import type { Repositories } from '../repositories/repositories.js';
import { isCatalog, type WellFormed } from './catalog.js';
import { readEdit, readEdits } from './edit.js';
import { isId } from './id.js';
import { readIds } from './ids.js';
import { type Issues, parse } from './issues.js';
import { readLinkOptions } from './link-options.js';
import {
  type OperationInput,
  operationSchema,
  optionsSchema,
  type ReconcileInput,
  type RunInput,
  reconcileSchema,
  runSchema,
} from './options.js';
import { at } from './place.js';
import { parsePlan, type StoredPlan } from './plan.js';
import { areRepositories } from './repositories.js';
import { readingOf, readRule } from './rule.js';
import { check } from './schema.js';
import { ISSUES } from './size-limits.js';
import { readWhatIf } from './what-if.js';

// Every function here returns its argument (a copy, if it is data), or throws one `invalid_input` with all issues.

/** Copies one edit or a list of them; returns a list. */
export function parseEdits(change: unknown): readonly Edit[] {
  return parse((issues) => editsOf(change, issues));
}

/** Copies one edit, a list of them, or the parts of a plan that are used. An object with `edits` or `format` is a plan. */
export function parseChange(change: unknown): readonly Edit[] | StoredPlan {
  const isPlan = parse(() => has(change, 'edits') || has(change, 'format'));
  return isPlan ? parsePlan(change) : parseEdits(change);
}

/** Copies the input of `previewLearners`; does not check whether values fit declared fields. */
export function parseWhatIf(whatIf: unknown): Required<WhatIf> {
  return parse((issues) => readWhatIf(whatIf, issues));
}

/** Copies a list of ids, repetitions included. */
export function parseIds(ids: unknown): readonly string[] {
  return parse((issues) => readIds(ids, undefined, issues));
}

/** Copies a rule. Checks its structure, but not whether fields and values fit. */
export function parseRule(rule: unknown): Rule {
  return parse((issues) => readRule(rule, undefined, readingOf(issues, true)));
}

/** Copies the options of an operation; they default to an empty object. */
export function parseRunOptions(options: unknown = {}): RunInput {
  return parse((issues) => bound(options, check(runSchema, options, undefined, issues)));
}

/** Copies the options of an operation that can name who started it; they default to an empty object. */
export function parseOperationOptions(options: unknown = {}): OperationInput {
  return parse((issues) => bound(options, check(operationSchema, options, undefined, issues)));
}

/** Copies the options of a reconcile; they default to an empty object. */
export function parseReconcileOptions(options: unknown = {}): ReconcileInput {
  return parse((issues) => bound(options, check(reconcileSchema, options, undefined, issues)));
}

/** Copies the options of `createSmartEnrolments`; they default to an empty object. */
export function parseOptions(options: unknown = {}): SmartEnrolmentsOptions {
  return parse((issues) => check(optionsSchema, options, undefined, issues));
}

/** Copies the options of `linkCourses`. */
export function parseLinkOptions(options: unknown): LinkOptions {
  return parse((issues) => readLinkOptions(options, readingOf(issues, true)));
}

/** Checks one id; `name` is the name of the argument. */
export function parseId(id: unknown, name: string): string {
  return parse((issues) => (isId(id, at(undefined, name), issues) ? id : undefined));
}

/** Checks the ids that `explain` is called with. */
export function parseExplainArguments(
  learnerId: unknown,
  courseId: unknown,
): { readonly learnerId: LearnerId; readonly courseId: CourseId } {
  return parse((issues) => {
    const learnerFits = isId(learnerId, at(undefined, 'learnerId'), issues);
    const courseFits = isId(courseId, at(undefined, 'courseId'), issues);
    return learnerFits && courseFits ? { learnerId, courseId } : undefined;
  });
}

/** Returns the same repositories if they have every method. */
export function parseRepositories(repositories: unknown): Repositories {
  return parse((issues) => (areRepositories(repositories, issues) ? repositories : undefined));
}

/** Returns the same catalog if it is well-formed. Parts that were found well-formed before are not checked again. */
export function parseCatalog(catalog: unknown, wellFormed: WellFormed = new WeakSet()): Catalog {
  return parse((issues) => (isCatalog(catalog, issues, wellFormed) ? catalog : undefined));
}

/** Runs the parsers of several arguments; throws one `invalid_input` with the issues of all of them. */
export function parseTogether<Values extends readonly unknown[]>(
  ...parsers: { readonly [Index in keyof Values]: () => Values[Index] }
): Values {
  const issues: InputIssue[] = [];
  const values = parsers.map((parser) => {
    try {
      return parser();
    } catch (error) {
      if (!isSmartEnrolmentsError(error, 'invalid_input')) throw error;
      issues.push(...error.details.issues);
      return undefined;
    }
  });
  if (issues.length > 0) throw new SmartEnrolmentsError('invalid_input', { issues: issues.slice(0, ISSUES) });
  return values as unknown as Values;
}

function editsOf(change: unknown, issues: Issues): readonly Edit[] | undefined {
  const reading = readingOf(issues, true);
  if (has(change, 'learners')) {
    issues.add(
      'unknown_key',
      at(undefined, 'learners'),
      'preview no longer takes learners: call previewLearners({ learners })',
    );
    return undefined;
  }
  if (Array.isArray(change)) return readEdits(change, undefined, reading);
  if (typeof change !== 'object' || change === null) {
    issues.wrongType('an edit or a list of edits', change, undefined);
    return undefined;
  }
  const edit = readEdit(change, undefined, reading);
  return edit && Object.freeze([edit]);
}

function has<Key extends string>(value: unknown, key: Key): value is { readonly [K in Key]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && key in value;
}

/** Binds callbacks to the host's own object, so that `this` is the same as without a copy. */
function bound<Options extends RunInput>(given: unknown, options: Options | undefined): Options | undefined {
  if (!options) return undefined;
  const { onProgress, onDiff } = options;
  return Object.freeze({
    ...options,
    ...(onProgress && { onProgress: onProgress.bind(given) }),
    ...(onDiff && { onDiff: onDiff.bind(given) }),
  });
}
