import type { Edit } from '../model/catalog.js';
import type { CourseId, LinkId, SegmentId } from '../model/ids.js';
import type { Rule } from '../model/rule.js';
import { ruleKey } from '../rules/key.js';
import { hashOf } from './fingerprint.js';

const READABLE = 200;

/**
 * Builds the edits that link several courses to a segment, optionally narrowed to a profile; a course named twice is linked once.
 * Link ids are derived from segment, course and profile rule, so that doing it again changes nothing.
 */
export function linkCourses(segmentId: SegmentId, courseIds: readonly CourseId[], profile?: Rule): Edit[] {
  return [...new Set(courseIds)].map((courseId) => ({
    type: 'link',
    link: { id: derivedId(segmentId, courseId, profile), segmentId, courseId, ...(profile && { profile }) },
  }));
}

function derivedId(segmentId: SegmentId, courseId: CourseId, profile: Rule | undefined): LinkId {
  const narrowed = profile ? [hashOf(ruleKey(profile)).slice(0, 16)] : [];
  const parts = [segmentId, courseId, ...narrowed];
  const readable = JSON.stringify(parts);
  return readable.length <= READABLE ? readable : hashOf(parts);
}
