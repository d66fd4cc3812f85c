import { type InputIssue, SmartEnrolmentsError } from '../errors.js';
import {
  BY_ASSIGNMENT_ONLY,
  type Catalog,
  type CatalogChange,
  type Edit,
  type Link,
  type Segment,
} from '../model/catalog.js';
import type { LinkId, SegmentId } from '../model/ids.js';
import type { Rule } from '../model/rule.js';
import { CATALOG_SEARCH_TEXT, CATALOG_SEARCHES_TOO_MUCH } from '../model/search-text.js';
import { checkRule } from '../rules/check.js';
import { ruleKey } from '../rules/key.js';
import { references } from '../rules/references.js';
import { fieldTypes } from '../rules/value.js';
import { changedLinks, changedRules } from './change.js';
import { findCircle, orderSegments } from './graph.js';
import { searchTextOf } from './search-text.js';

/** Refuses a change whose outcome breaks what every catalog keeps; what already stood is not judged again. */
export function checkOutcome(before: Catalog, after: Catalog, change: CatalogChange, edits: readonly Edit[]): void {
  const reruled = changedRules(before, change);
  const relinked = changedLinks(before, change);
  checkRules(after, reruled, relinked, edits);
  checkReferences(after, reruled, relinked, change);
  checkCourses(before, change.saveLinks);
  checkDuplicates(after.links, change.saveLinks);
  checkDeleted(after, change.deleteSegments);
  const { circular, depths } = orderSegments(after.segments);
  const saved = new Set(reruled.map(({ id }) => id));
  const start = circular.find(({ id }) => saved.has(id));
  if (start) throw new SmartEnrolmentsError('rule_cycle', { segmentIds: findCircle(circular, start) });
  checkDepths(before, depths);
  checkSearchText(before, after);
}

function checkRules(
  after: Catalog,
  reruled: readonly Segment[],
  relinked: readonly Link[],
  edits: readonly Edit[],
): void {
  const types = fieldTypes(after.fields);
  const segments = new Map(reruled.map((segment) => [segment.id, segment.rule]));
  const links = new Map(relinked.map((link) => [link.id, link.rule]));
  const issues: InputIssue[] = [];
  const check = (rule: Rule | undefined, path: (string | number)[]) => {
    if (rule) issues.push(...checkRule(rule, types, path));
  };
  // Backwards, and each id once: of the edits of an id, the last one that has a rule makes the outcome.
  for (let i = edits.length - 1; i >= 0; i--) {
    const edit = edits[i]!;
    if (edit.type === 'saveSegment' && edit.segment.rule !== undefined) {
      check(segments.get(edit.segment.id), [i, 'segment', 'rule']);
      segments.delete(edit.segment.id);
    } else if (edit.type === 'link' && edit.link.rule !== undefined) {
      check(links.get(edit.link.id), [i, 'link', 'rule']);
      links.delete(edit.link.id);
    }
  }
  if (issues.length > 0) {
    issues.sort((a, b) => Number(a.path[0]) - Number(b.path[0]));
    throw new SmartEnrolmentsError('invalid_input', { issues });
  }
}

function checkReferences(
  after: Catalog,
  reruled: readonly Segment[],
  relinked: readonly Link[],
  change: CatalogChange,
): void {
  // A segment deleted in the same list is in use rather than unknown.
  const known = new Set([...after.segments.map((segment) => segment.id), ...change.deleteSegments]);
  const missing = new Set<SegmentId>();
  const need = (id: SegmentId) => {
    if (!known.has(id)) missing.add(id);
  };
  for (const segment of reruled) references(segment.rule).forEach(need);
  for (const link of relinked) {
    need(link.segmentId);
    references(link.rule).forEach(need);
  }
  if (missing.size > 0) throw new SmartEnrolmentsError('unknown_segment', { segmentIds: [...missing] });
}

/** Judges new links only: one that stands may be narrowed although its course's method has changed meanwhile. */
function checkCourses(before: Catalog, saved: readonly Link[]): void {
  const standing = new Set(before.links.map((link) => link.id));
  const methods = new Map(before.courses.map((course) => [course.id, course.enrolmentMethod]));
  const courseIds = [...new Set(saved.filter((link) => !standing.has(link.id)).map((link) => link.courseId))];
  const unknown = courseIds.filter((id) => !methods.has(id));
  if (unknown.length > 0) throw new SmartEnrolmentsError('unknown_course', { courseIds: unknown });
  const courses = courseIds
    .map((courseId) => ({ courseId, enrolmentMethod: methods.get(courseId)! }))
    .filter(({ enrolmentMethod }) => enrolmentMethod !== BY_ASSIGNMENT_ONLY);
  if (courses.length > 0) throw new SmartEnrolmentsError('course_not_by_assignment', { courses });
}

/** A catalog that is over the limit already may still be edited, as long as an edit does not add to it. */
function checkSearchText(before: Catalog, after: Catalog): void {
  const length = searchTextOf(after);
  if (length <= CATALOG_SEARCH_TEXT || length <= searchTextOf(before)) return;
  const issue: InputIssue = { code: 'too_long', path: [], message: CATALOG_SEARCHES_TOO_MUCH };
  throw new SmartEnrolmentsError('invalid_input', { issues: [issue] });
}

/** How many segments may refer to each other in a row, as deep as a rule may be. */
const DEEPEST = 50;

function checkDepths(before: Catalog, depths: ReadonlyMap<SegmentId, number>): void {
  const tooDeep = [...depths].filter(([, depth]) => depth > DEEPEST);
  if (tooDeep.length === 0) return;
  const standing = orderSegments(before.segments).depths;
  const issues = tooDeep
    .filter(([id, depth]) => depth > (standing.get(id) ?? 0))
    .map(([id, depth]): InputIssue => {
      const message = `segment ${JSON.stringify(id)} would refer to others in a chain of ${depth} segments; the limit is ${DEEPEST}`;
      return { code: 'too_deep', path: [], message };
    });
  if (issues.length > 0) throw new SmartEnrolmentsError('invalid_input', { issues });
}

function checkDuplicates(links: readonly Link[], saved: readonly Link[]): void {
  if (saved.length === 0) return;
  const changed = new Set(saved.map((link) => link.id));
  const said = new Map<string, LinkId>();
  const duplicates: { linkId: LinkId; existing: LinkId }[] = [];
  for (const link of [...links.filter(({ id }) => !changed.has(id)), ...saved]) {
    const key = JSON.stringify([link.segmentId, link.courseId, link.rule && ruleKey(link.rule)]);
    const existing = said.get(key);
    if (existing === undefined) said.set(key, link.id);
    else if (changed.has(link.id)) duplicates.push({ linkId: link.id, existing });
  }
  if (duplicates.length > 0) throw new SmartEnrolmentsError('duplicate_link', { links: duplicates });
}

function checkDeleted(after: Catalog, deleted: readonly SegmentId[]): void {
  if (deleted.length === 0) return;
  const uses = new Map(deleted.map((id) => [id, { links: [] as LinkId[], segments: [] as SegmentId[] }]));
  for (const { id, segmentId, rule } of after.links) {
    for (const used of new Set([segmentId, ...references(rule)])) uses.get(used)?.links.push(id);
  }
  for (const { id, rule } of after.segments) for (const used of references(rule)) uses.get(used)?.segments.push(id);
  const segments = [...uses]
    .filter(([, { links, segments }]) => links.length + segments.length > 0)
    .map(([segmentId, { links, segments }]) => ({ segmentId, links, segments }));
  if (segments.length > 0) throw new SmartEnrolmentsError('segment_in_use', { segments });
}
