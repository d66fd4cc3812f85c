import { link } from '../catalog/edits.js';
import type { LinkEdit } from '../model/catalog.js';
import type { LinkOptions } from '../model/edit-options.js';
import type { CourseId, LinkId, SegmentId } from '../model/ids.js';
import { ruleKey } from '../rules/rule-key.js';
import { parseId, parseIds, parseLinkOptions, parseTogether } from '../validate/parse.js';
import { hashOf } from './limits/fingerprint.js';

/** Longer derived ids are hashed, in UTF-16 units. */
const READABLE = 200;

/** 128 bits, as hexadecimal digits. */
const DIGITS = 32;

/**
 * Builds the edits that link several courses to a segment, optionally narrowed by a rule; a course named twice is linked once.
 * Link ids are derived from segment, course and rule, so applying the edits again changes nothing (semantics §5).
 * @throws `invalid_input` if an id is not a string, or if an option is invalid.
 */
export function linkCourses(
  segmentId: SegmentId,
  courseIds: readonly CourseId[],
  options: LinkOptions = {},
): LinkEdit[] {
  const [segment, courses, { rule, data }] = parseTogether<[SegmentId, readonly CourseId[], LinkOptions]>(
    () => parseId(segmentId, 'segmentId'),
    () => parseIds(courseIds),
    () => parseLinkOptions(options),
  );
  const narrowed = rule ? [hashOf(ruleKey(rule)).slice(0, DIGITS)] : [];
  return [...new Set(courses)].map((courseId) =>
    link({
      ...{ id: derivedId([segment, courseId, ...narrowed]), segmentId: segment, courseId },
      // The id encodes the rule, so an edit without a rule must save `null`.
      rule: rule ?? null,
      ...(data && { data }),
    }),
  );
}

/** Half of a surrogate pair, which a URI cannot contain. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Returns a readable id that is unique to these parts, or their hash if it would be too long or a part has a lone surrogate. */
function derivedId(parts: readonly string[]): LinkId {
  const readable = parts.some((part) => LONE_SURROGATE.test(part)) ? '' : parts.map(encodeURIComponent).join('/');
  return readable !== '' && readable.length <= READABLE ? readable : hashOf(parts);
}
