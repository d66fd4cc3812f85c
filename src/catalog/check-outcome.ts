import { type InputIssue, SmartEnrolmentsError } from '../errors/smart-enrolments-error.js';
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
import { checkRule } from '../rules/check.js';
import { references } from '../rules/references.js';
import { ruleKey } from '../rules/rule-key.js';
import { fieldTypes } from '../rules/value.js';
import { CATALOG_SEARCH_TEXT, CATALOG_SEARCHES_TOO_MUCH } from '../text/search-text-limits.js';
import { changedLinks, changedRules } from './change.js';
import { findCycle, orderSegments } from './graph.js';
import { searchTextOf } from './search-text.js';

/** Throws if the outcome of a change violates an invariant of catalogs. What existed before is not checked again. */
export function checkOutcome(before: Catalog, after: Catalog, change: CatalogChange, edits: readonly Edit[]): void {
  const segmentsWithNewRule = changedRules(before, change);
  const linksWithNewAudience = changedLinks(before, change);
  checkRules(after, segmentsWithNewRule, linksWithNewAudience, edits);
  checkReferences(after, segmentsWithNewRule, linksWithNewAudience, change);
  checkCourses(before, change.saveLinks);
  checkDuplicates(after.links, change.saveLinks);
  checkDeleted(after, change.deleteSegments);
  const { circular, depths } = orderSegments(after.segments);
  const saved = new Set(segmentsWithNewRule.map(({ id }) => id));
  const start = circular.find(({ id }) => saved.has(id));
  if (start) throw new SmartEnrolmentsError('rule_cycle', { segmentIds: findCycle(circular, start) });
  checkDepths(before, depths);
  checkSearchText(before, after);
}

function checkRules(
  after: Catalog,
  segmentsWithNewRule: readonly Segment[],
  linksWithNewAudience: readonly Link[],
  edits: readonly Edit[],
): void {
  const types = fieldTypes(after.fields);
  const segments = new Map(segmentsWithNewRule.map((segment) => [segment.id, segment.rule]));
  const links = new Map(linksWithNewAudience.map((link) => [link.id, link.rule]));
  const issues: InputIssue[] = [];
  const check = (rule: Rule | undefined, path: (string | number)[]) => {
    if (rule) issues.push(...checkRule(rule, types, path));
  };
  // Backwards, and each id once: the last edit of an id that has a rule determines the outcome.
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
  segmentsWithNewRule: readonly Segment[],
  linksWithNewAudience: readonly Link[],
  change: CatalogChange,
): void {
  // A segment deleted in the same list is in use rather than unknown.
  const known = new Set([...after.segments.map((segment) => segment.id), ...change.deleteSegments]);
  const missing = new Set<SegmentId>();
  const need = (id: SegmentId) => {
    if (!known.has(id)) missing.add(id);
  };
  for (const segment of segmentsWithNewRule) references(segment.rule).forEach(need);
  for (const link of linksWithNewAudience) {
    need(link.segmentId);
    references(link.rule).forEach(need);
  }
  if (missing.size > 0) throw new SmartEnrolmentsError('unknown_segment', { segmentIds: [...missing] });
}

/** Checks new links only: an existing link may be changed although the method of its course has changed. */
function checkCourses(before: Catalog, saved: readonly Link[]): void {
  const existing = new Set(before.links.map((link) => link.id));
  const methods = new Map(before.courses.map((course) => [course.id, course.enrolmentMethod]));
  const courseIds = [...new Set(saved.filter((link) => !existing.has(link.id)).map((link) => link.courseId))];
  const unknown = courseIds.filter((id) => !methods.has(id));
  if (unknown.length > 0) throw new SmartEnrolmentsError('unknown_course', { courseIds: unknown });
  const courses = courseIds
    .map((courseId) => ({ courseId, enrolmentMethod: methods.get(courseId)! }))
    .filter(({ enrolmentMethod }) => enrolmentMethod !== BY_ASSIGNMENT_ONLY);
  if (courses.length > 0) throw new SmartEnrolmentsError('course_not_by_assignment', { courses });
}

/** A catalog that already exceeds the limit can still be edited if the edit does not add search text. */
function checkSearchText(before: Catalog, after: Catalog): void {
  const length = searchTextOf(after);
  if (length <= CATALOG_SEARCH_TEXT || length <= searchTextOf(before)) return;
  const issue: InputIssue = { code: 'too_long', path: [], message: CATALOG_SEARCHES_TOO_MUCH };
  throw new SmartEnrolmentsError('invalid_input', { issues: [issue] });
}

/** The maximum length of a chain of segments that refer to each other; the same as the depth of a rule. */
const DEEPEST = 50;

function checkDepths(before: Catalog, depths: ReadonlyMap<SegmentId, number>): void {
  const tooDeep = [...depths].filter(([, depth]) => depth > DEEPEST);
  if (tooDeep.length === 0) return;
  const depthsBefore = orderSegments(before.segments).depths;
  const issues = tooDeep
    .filter(([id, depth]) => depth > (depthsBefore.get(id) ?? 0))
    .map(([id, depth]): InputIssue => {
      const message = `segment ${JSON.stringify(id)} would refer to others in a chain of ${depth} segments; the limit is ${DEEPEST}`;
      return { code: 'too_deep', path: [], message };
    });
  if (issues.length > 0) throw new SmartEnrolmentsError('invalid_input', { issues });
}

function checkDuplicates(links: readonly Link[], saved: readonly Link[]): void {
  if (saved.length === 0) return;
  const changed = new Set(saved.map((link) => link.id));
  const linkIdByKey = new Map<string, LinkId>();
  const duplicates: { linkId: LinkId; existing: LinkId }[] = [];
  for (const link of [...links.filter(({ id }) => !changed.has(id)), ...saved]) {
    const key = JSON.stringify([link.segmentId, link.courseId, link.rule && ruleKey(link.rule)]);
    const existing = linkIdByKey.get(key);
    if (existing === undefined) linkIdByKey.set(key, link.id);
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
