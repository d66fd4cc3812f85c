import type { Edit } from '../model/catalog.js';
import type { CourseId, LinkId, SegmentId } from '../model/ids.js';
import type { Rule } from '../model/rule.js';
import { ruleKey } from '../rules/key.js';
import { parseId, parseIds, parseRule, parseTogether } from '../validate/parse.js';
import { hashOf } from './fingerprint.js';

const READABLE = 200;

/**
 * Builds the edits that link several courses to a segment, optionally narrowed to a profile; a course named twice is linked once.
 * Link ids are derived from segment, course and profile rule, so that doing it again changes nothing.
 * @throws `invalid_input` for ids that are not text, and for a rule that is none.
 */
export function linkCourses(segmentId: SegmentId, courseIds: readonly CourseId[], profile?: Rule): Edit[] {
  const [segment, courses, rule] = parseTogether<[SegmentId, readonly CourseId[], Rule | undefined]>(
    () => parseId(segmentId, 'segmentId'),
    () => parseIds(courseIds),
    () => (profile === undefined ? undefined : parseRule(profile)),
  );
  const narrowed = rule ? [hashOf(ruleKey(rule)).slice(0, 16)] : [];
  return [...new Set(courses)].map((courseId) => ({
    type: 'link',
    link: {
      id: derivedId([segment, courseId, ...narrowed]),
      segmentId: segment,
      courseId,
      ...(rule && { profile: rule }),
    },
  }));
}

function derivedId(parts: readonly string[]): LinkId {
  const readable = JSON.stringify(parts);
  return readable.length <= READABLE ? readable : hashOf(parts);
}
