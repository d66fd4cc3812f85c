import type { Catalog } from '../model/catalog.js';
import type { FieldType } from '../model/learner.js';
import type { Issues } from './issues.js';
import { readData } from './link-data.js';
import { checkList } from './list.js';
import { NAMED_RULE, NAMED_WORK } from './old-names.js';
import { at, type Place } from './place.js';
import { isText, type Row, rowOf } from './row.js';
import { type RuleReading, readingOf, readRule } from './rule.js';

const FIELD_TYPES: { readonly [Type in FieldType]: true } = { text: true, number: true, boolean: true, date: true };

/** Parts of catalogs that were found well-formed. They are not checked again: loaded catalogs never change in place. */
export type WellFormed = WeakSet<object>;

/**
 * Returns whether a value from a store or from a caller of the core is a catalog, and adds all problems to `issues`. Rows may have more keys.
 * Written by hand and without copies, because it checks every catalog of every host: thousands of segments after each commit.
 */
export function isCatalog(value: unknown, issues: Issues, wellFormed: WellFormed, place?: Place): value is Catalog {
  const found = issues.list.length;
  const catalog = rowOf(value, 'a catalog', place, issues);
  if (!catalog) return false;
  if (wellFormed.has(catalog)) return true;
  isRevision(catalog, place, issues);
  const reading = readingOf(issues, false);
  if (catalog.fields !== undefined) checkEntries(catalog, 'fields', 'id', checkField, reading, wellFormed, place);
  checkEntries(catalog, 'courses', 'id', checkCourse, reading, wellFormed, place);
  checkEntries(catalog, 'segments', 'id', checkSegment, reading, wellFormed, place);
  checkEntries(catalog, 'links', 'id', checkLink, reading, wellFormed, place);
  checkEntries(catalog, 'unsettled', 'operation', checkUnsettled, reading, wellFormed, place);
  if (issues.list.length > found) return false;
  wellFormed.add(catalog);
  return true;
}

/** Adds the problems of the part of a catalog that rules are evaluated with: its fields, if there are any, and its segments. */
export function checkRuleContext(value: unknown, issues: Issues, wellFormed: WellFormed, place?: Place): void {
  const catalog = rowOf(value, 'a catalog', place, issues);
  if (!catalog) return;
  const reading = readingOf(issues, false);
  if (catalog.fields !== undefined) checkEntries(catalog, 'fields', 'id', checkField, reading, wellFormed, place);
  checkEntries(catalog, 'segments', 'id', checkSegment, reading, wellFormed, place);
}

type Check = (row: Row, place: Place, reading: RuleReading, wellFormed: WellFormed) => void;

/** Where issues are added, and which lists need no second check. */
interface CheckContext {
  readonly issues: Issues;
  readonly wellFormed: WellFormed;
}

/** The key that identifies an entry of a list. */
type Key = 'id' | 'operation';

function checkEntries(
  catalog: Row,
  name: string,
  key: Key,
  check: Check,
  reading: RuleReading,
  wellFormed: WellFormed,
  parent: Place | undefined,
): void {
  const { issues } = reading;
  const keys = new Set<unknown>();
  checkOnce(catalog[name], 'a list', at(parent, name), { issues, wellFormed }, (row, place) => {
    if (!wellFormed.has(row)) {
      const found = issues.list.length;
      check(row, place, reading, wellFormed);
      if (issues.list.length === found) wellFormed.add(row);
    }
    const id = key === 'operation' ? idOfOperation(row) : row.id;
    if (keys.has(id)) issues.add('duplicate', at(place, key), `another of the ${name} has the same ${key}`);
    keys.add(id);
  });
}

const checkField: Check = (row, place, { issues }) => {
  isText(row, 'id', place, issues);
  isTitle(row, place, issues);
  if (typeof row.type === 'string' && Object.hasOwn(FIELD_TYPES, row.type)) return;
  issues.add('wrong_type', at(place, 'type'), `expected one of ${Object.keys(FIELD_TYPES).join(', ')}`);
};

const checkCourse: Check = (row, place, { issues }) => {
  isText(row, 'id', place, issues);
  isTitle(row, place, issues);
  isText(row, 'enrolmentMethod', place, issues);
};

export const checkSegment = (row: Row, place: Place, reading: RuleReading): void => {
  isText(row, 'id', place, reading.issues);
  isText(row, 'title', place, reading.issues);
  if (row.rule !== undefined) readRule(row.rule, at(place, 'rule'), reading);
};

export const checkLink = (row: Row, place: Place, reading: RuleReading): void => {
  isText(row, 'id', place, reading.issues);
  isText(row, 'segmentId', place, reading.issues);
  isText(row, 'courseId', place, reading.issues);
  if (row.rule !== undefined) readRule(row.rule, at(place, 'rule'), reading);
  readData(row.data, at(place, 'data'), reading);
  // If the old name were ignored, the link would apply to its whole segment.
  if (row.profile !== undefined) reading.issues.add('unknown_key', at(place, 'profile'), NAMED_RULE);
};

const checkUnsettled: Check = (row, place, reading, wellFormed) => {
  const { issues } = reading;
  if (row.pass !== undefined) {
    issues.add('unknown_key', at(place, 'pass'), NAMED_WORK);
    return;
  }
  isOperation(row.operation, at(place, 'operation'), issues);
  isTexts(row, 'links', place, issues);
  isTexts(row, 'courses', place, issues);
  const context = { issues, wellFormed };
  checkOnce(row.removedLinks, 'a list of links', at(place, 'removedLinks'), context, (link, start) =>
    checkLink(link, start, reading),
  );
  areRanges(row.ranges, at(place, 'ranges'), context);
};

/** A newer version may have more kinds of operations and more keys; they are accepted and kept. */
function isOperation(value: unknown, place: Place, issues: Issues): void {
  const row = rowOf(value, 'an operation', place, issues);
  if (!row) return;
  for (const key of ['id', 'kind', 'at']) isText(row, key, place, issues);
  for (const key of ['day', 'actor', 'reason', 'undoes']) if (row[key] !== undefined) isText(row, key, place, issues);
  isRevision(row, place, issues);
}

function idOfOperation({ operation }: Row): unknown {
  return typeof operation === 'object' && operation !== null ? (operation as Row).id : undefined;
}

/** Ranges are identified by their pass and end. */
function areRanges(value: unknown, place: Place, context: CheckContext): void {
  const { issues } = context;
  const keys = new Set<string>();
  checkOnce(value, 'a list of ranges', place, context, (range, start) => {
    isRange(range, start, issues);
    const key = JSON.stringify([range.pass, range.upTo]);
    if (keys.has(key)) issues.add('duplicate', start, 'another range has the same pass and upTo');
    keys.add(key);
  });
  if (Array.isArray(value) && value.length === 0)
    issues.add('wrong_type', place, 'expected at least one range: work without ranges is done');
}

function isRange(row: Row, place: Place, issues: Issues): void {
  for (const key of ['after', 'upTo']) if (row[key] !== undefined) isText(row, key, place, issues);
  if (row.pass === 'holders' || row.pass === 'audience') return;
  issues.add('wrong_type', at(place, 'pass'), 'expected "holders" or "audience"');
}

/** Checks each entry of a list of objects, once for each list: removed links come again with every progress of their work. */
function checkOnce(
  value: unknown,
  expected: string,
  place: Place,
  { issues, wellFormed }: CheckContext,
  check: (entry: Row, place: Place) => void,
): void {
  if (wellFormed.has(value as object)) return;
  const found = issues.list.length;
  const checkEntry = (entry: unknown, here: Place): void => {
    const row = rowOf(entry, 'an object', here, issues);
    if (row) check(row, here);
  };
  checkList(value, Number.POSITIVE_INFINITY, place, issues, checkEntry, expected);
  // If no more issues are collected, the list may not have been checked.
  if (issues.list.length === found && !issues.full()) wellFormed.add(value as object);
}

function isRevision(row: Row, place: Place | undefined, issues: Issues): void {
  if (Number.isSafeInteger(row.revision) && (row.revision as number) >= 0) return;
  issues.add('wrong_type', at(place, 'revision'), 'expected a count of commits (0, 1, 2, …)');
}

function isTitle(row: Row, place: Place, issues: Issues): void {
  if (row.title !== undefined) isText(row, 'title', place, issues);
}

function isTexts(row: Row, key: string, place: Place, issues: Issues): void {
  const list = row[key];
  if (!Array.isArray(list)) issues.wrongType('a list of ids', list, at(place, key));
  else if (!areTexts(list)) issues.add('wrong_type', at(place, key), 'expected only text in it');
}

/** Stops at the first hole, which `every` would skip: a list may have four billion indexes and be nearly empty. */
function areTexts(list: readonly unknown[]): boolean {
  for (let i = 0; i < list.length; i++) if (typeof list[i] !== 'string') return false;
  return true;
}
