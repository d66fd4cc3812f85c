import { compareIds } from '../collections/order.js';
import type { Catalog, Link } from '../model/catalog.js';
import type { CourseId, LinkId, SegmentId } from '../model/ids.js';
import { references } from '../rules/references.js';
import { changedLinks, changedRules, changeOf } from './change.js';
import { withDependents } from './graph.js';

/** The links and courses that an edit affects. */
export interface Affected {
  /** The affected links, by id. */
  readonly links: LinkId[];
  /** The courses of these links, by id. */
  readonly courses: CourseId[];
}

/**
 * Returns what an edit affects: links that were added, removed or got another rule, and links whose audience depends on a
 * segment whose rule changed; with their courses. Both are in order of code points.
 */
export function affected(before: Catalog, after: Catalog): Affected {
  const change = changeOf(before, after);
  const segments = new Set([...changedRules(before, change).map(({ id }) => id), ...change.deleteSegments]);
  const reached = withDependents(withDependents(segments, before.segments), after.segments);
  const named = new Set<LinkId>([...change.deleteLinks, ...changedLinks(before, change).map((link) => link.id)]);
  const links = new Set<LinkId>();
  const courses = new Set<CourseId>();
  const visit = (link: Link): void => {
    if (!named.has(link.id) && !dependsOn(link, reached)) return;
    links.add(link.id);
    courses.add(link.courseId);
  };
  before.links.forEach(visit);
  after.links.forEach(visit);
  return { links: [...links].sort(compareIds), courses: [...courses].sort(compareIds) };
}

function dependsOn(link: Link, segments: ReadonlySet<SegmentId>): boolean {
  if (segments.size === 0) return false;
  return segments.has(link.segmentId) || [...references(link.rule)].some((id) => segments.has(id));
}
