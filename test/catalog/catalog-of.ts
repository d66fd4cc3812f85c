import type { Catalog, Course, Link, Segment } from '../../src/model/catalog.js';
import type { Rule } from '../../src/model/rule.js';

/** A course that can be linked. */
export const course = (id: string, enrolmentMethod = 'by-assignment-only'): Course => ({ id, enrolmentMethod });

/** A segment titled as its id in capitals. */
export const segment = (id: string, rule?: Rule): Segment => ({ id, title: id.toUpperCase(), ...(rule && { rule }) });

/** A link. */
export const link = (id: string, segmentId: string, courseId: string, rule?: Rule): Link => ({
  id,
  segmentId,
  courseId,
  ...(rule && { rule }),
});

/** A catalog of these, whose courses are those linked unless they are given. */
export function catalogOf(parts: Partial<Catalog>): Catalog {
  const linked = new Set((parts.links ?? []).map(({ courseId }) => courseId));
  const courses = [...linked].map((id) => course(id));
  return { revision: 7, courses, segments: [], links: [], unsettled: [], ...parts };
}
