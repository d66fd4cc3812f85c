import { type Catalog, field, type Link, type Segment } from '../../../src/core.js';
import { Chance } from './chance.js';
import { FIELDS } from './fields.js';
import { ruleOf } from './rules.js';

/** The segment of a quarter of all learners; no course is linked to it. */
export const QUARTER: Segment = { id: 'quarter', title: 'A quarter', rule: field('contractor').equals(true) };

/** A course without links. */
export const SPARE_COURSE = 'course-spare';

/** A catalog of this many segments and links, each course linked to about four segments. */
export function catalogOf(segmentCount: number, linkCount: number, seed = 2): Catalog {
  const chance = new Chance(seed);
  const segments: Segment[] = [];
  for (let i = 0; i < segmentCount; i++) {
    segments.push({ id: `segment-${i}`, title: `Segment ${i}`, rule: ruleOf(chance, segments) });
  }
  return over(segments, linkCount);
}

/** A catalog of these segments, with this many links spread evenly over them. */
export function over(segments: readonly Segment[], linkCount: number, fields = FIELDS): Catalog {
  const courseCount = Math.max(1, Math.round(linkCount / 4));
  const courses = [...Array.from({ length: courseCount }, (_, i) => `course-${i}`), SPARE_COURSE].map((id) => ({
    id,
    enrolmentMethod: 'by-assignment-only' as const,
  }));
  const links = Array.from(
    { length: linkCount },
    (_, i): Link => ({
      id: `link-${i}`,
      segmentId: segments[i % segments.length]!.id,
      // No two links of a segment share a course.
      courseId: courses[(i + Math.floor(i / segments.length) * 37) % courseCount]!.id,
    }),
  );
  return { revision: 1, fields, courses, segments: [...segments, QUARTER], links, unsettled: [] };
}
