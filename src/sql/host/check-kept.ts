import type { Issues } from '../../validate/issues.js';
import { onlyKeys } from '../../validate/only-keys.js';
import { at, type Place } from '../../validate/place.js';
import { type Row, rowOf } from '../../validate/row.js';
import { IDENTIFIER_RULE, isIdentifier } from '../statement/identifier.js';
import { contentIn, nameIn } from './check-name.js';
import { isSameTable } from './columns/same-table.js';
import { archives } from './training.js';

/** Columns that both descriptions of a shared table must name alike. */
const SHARED = ['learner', 'course', 'tenant'] as const;

/** Checks the tables that the library keeps: `enrolments`, and `training` with `keep`. */
export function checkKept(given: Row, issues: Issues): void {
  const { enrolments, training } = given;
  if (isRow(enrolments)) checkEnrolments(enrolments, given, issues);
  if (isRow(training) && training.keep !== undefined) checkTraining(training, given, issues);
}

function checkEnrolments(enrolments: Row, given: Row, issues: Issues): void {
  const place = at(undefined, 'enrolments');
  const { learner, course, tenant, set, status } = enrolments;
  checkSet(set, [learner, course, tenant, Object(status).column], at(place, 'set'), issues);
  if (status !== undefined) checkStatus(status, [learner, course, tenant], at(place, 'status'), issues);
  notShared('enrolments', given, ['learners', 'courses', 'placements', 'training'], issues);
  const { individual } = given;
  if (!isRow(individual) || !isSame(individual, enrolments)) return;
  if (!Object.values(Object(set)).some((value) => value !== null))
    issues.add(
      'wrong_type',
      at(place, 'set'),
      'individual names the same table, and the rows of smart enrolments would be read as individual ones: set a column that tells them apart, such as { source: "smart" }',
    );
  for (const key of SHARED)
    if (individual[key] !== enrolments[key])
      issues.add('wrong_type', at(place, key), `individual names the same table: use the column of individual.${key}`);
}

function checkStatus(value: unknown, taken: readonly unknown[], place: Place, issues: Issues): void {
  const status = rowOf(value, 'an object with column, active and ended', place, issues);
  if (!status) return;
  onlyKeys(status, ['column', 'active', 'ended'], place, issues);
  nameIn(status, 'column', place, issues);
  if (taken.includes(status.column)) issues.add('wrong_type', at(place, 'column'), TAKEN);
  for (const key of ['active', 'ended']) checkConstant(status[key], at(place, key), issues);
  if (status.active !== undefined && isSameValue(status.active, status.ended))
    issues.add('wrong_type', at(place, 'ended'), 'expected another value than active');
}

function checkTraining(training: Row, given: Row, issues: Issues): void {
  const place = at(at(undefined, 'training'), 'keep');
  const { learner, course, tenant, status, archived, completed = 'completed' } = training;
  notShared('training', given, ['learners', 'courses', 'placements', 'individual'], issues);
  if (archived === undefined)
    issues.add(
      'wrong_type',
      at(at(undefined, 'training'), 'archived'),
      'records could not be archived: name the column that marks archived ones, or remove keep',
    );
  const keep = rowOf(training.keep, 'an object with status', place, issues);
  if (!keep) return;
  onlyKeys(keep, ['status', 'archived', 'set'], place, issues);
  contentIn(keep, 'status', place, issues);
  if (keep.status === completed)
    issues.add(
      'wrong_type',
      at(place, 'status'),
      'a new record would be completed: expected the status of one in progress',
    );
  if (keep.archived !== undefined) {
    checkConstant(keep.archived, at(place, 'archived'), issues);
    const isRead = archives(keep.archived);
    if (isRead === false)
      issues.add(
        'wrong_type',
        at(place, 'archived'),
        'a record with this value is not archived: expected another value',
      );
    else if (isRead === undefined && typeof keep.archived === 'string')
      issues.add(
        'wrong_type',
        at(place, 'archived'),
        'a record with this value could not be read: expected true, a number, a date, or a text such as yes',
      );
  }
  checkSet(keep.set, [learner, course, tenant, status, archived], at(place, 'set'), issues);
}

/** Whether two values are the same in a column of either's type: a boolean may be stored as a number. */
function isSameValue(one: unknown, other: unknown): boolean {
  return one === other || (typeof one !== 'string' && typeof other !== 'string' && Number(one) === Number(other));
}

const TAKEN = 'the library writes another value to this column: remove it here';

/** Checks constants of columns, none of which may be a column that the library writes otherwise. */
function checkSet(value: unknown, taken: readonly unknown[], place: Place, issues: Issues): void {
  const set = value === undefined ? {} : rowOf(value, 'an object', place, issues);
  for (const [column, constant] of Object.entries(set ?? {})) {
    if (!isIdentifier(column)) issues.add('wrong_type', at(place, column), IDENTIFIER_RULE);
    if (taken.includes(column)) issues.add('wrong_type', at(place, column), TAKEN);
    if (constant !== null) checkConstant(constant, at(place, column), issues);
  }
}

function checkConstant(value: unknown, place: Place, issues: Issues): void {
  if (typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return;
  issues.wrongType('text, a number or a boolean', value, place);
}

/** Adds an issue if a table that the library writes is also one of these. */
function notShared(name: 'enrolments' | 'training', given: Row, others: readonly string[], issues: Issues): void {
  const own = given[name] as Row;
  for (const other of others) {
    const table = given[other];
    if (!isRow(table) || !isSame(table, own)) continue;
    const reason =
      other === 'training' ? 'a training record outlives its enrolment' : 'the library would write its rows';
    issues.add(
      'wrong_type',
      at(at(undefined, name), 'table'),
      `${other} names the same table, and ${reason}: name another table, or write it in onWrite`,
    );
  }
}

function isSame({ table: one }: Row, { table: other }: Row): boolean {
  return typeof one === 'string' && typeof other === 'string' && isSameTable(one, other);
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
