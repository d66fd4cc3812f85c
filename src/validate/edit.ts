import * as z from 'zod';
import type { Edit, Link, Segment } from '../model/catalog.js';
import type { CourseId, LinkId, SegmentId } from '../model/ids.js';
import type { Rule } from '../model/rule.js';
import { exact } from './exact.js';
import { tooLong } from './id.js';
import { EDITS_SEARCH_TEXT, EDITS_TEXT, LIST_LENGTH, PART_SIZE } from './limits.js';
import { at, type Place } from './place.js';
import { type RuleReading, readRule } from './rule.js';
import type { RuleSize } from './rule-budget.js';
import { check, frozen, id, later, text } from './schema.js';

/** A segment, its rule yet to be read. */
export const segmentSchema: z.ZodType<Segment> = exact<Segment>()(
  frozen(z.strictObject({ id: id<SegmentId>(), title: text, rule: later<Rule>('a rule').optional() }, 'a segment')),
);

/** A link, its profile rule yet to be read. */
export const linkSchema: z.ZodType<Link> = exact<Link>()(
  frozen(
    z.strictObject(
      {
        id: id<LinkId>(),
        segmentId: id<SegmentId>(),
        courseId: id<CourseId>(),
        profile: later<Rule>('a rule').optional(),
      },
      'a link',
    ),
  ),
);

/** An edit, its rules yet to be read. */
export const editSchema: z.ZodType<Edit> = exact<Edit>()(
  frozen(
    z.discriminatedUnion(
      'type',
      [
        z.strictObject({ type: z.literal('saveSegment'), segment: segmentSchema }),
        z.strictObject({ type: z.literal('deleteSegment'), segmentId: id<SegmentId>() }),
        z.strictObject({ type: z.literal('link'), link: linkSchema }),
        z.strictObject({ type: z.literal('unlink'), linkId: id<LinkId>() }),
      ],
      'an edit, whose type is "saveSegment", "deleteSegment", "link" or "unlink"',
    ),
  ),
);

/** Copies a list of edits, or adds what is wrong with it. */
export function readEdits(value: unknown, place: Place | undefined, reading: RuleReading): readonly Edit[] | undefined {
  const { issues } = reading;
  if (!Array.isArray(value)) {
    issues.wrongType('a list of edits', value, place);
    return undefined;
  }
  const { length } = value;
  if (length > LIST_LENGTH) {
    issues.add('too_long', place, `${tooLong(LIST_LENGTH, length, 'edits')}: give them in several lists`);
    return undefined;
  }
  const edits: Edit[] = [];
  let titles = 0;
  for (let i = 0; i < length && !issues.full(); i++) {
    const edit = readEdit(value[i], at(place, i), reading);
    if (!edit) continue;
    edits.push(edit);
    titles += textLength(edit);
    const message = tooLarge(reading.size, titles);
    if (message === undefined) continue;
    issues.add('too_long', place, message);
    return undefined;
  }
  return edits.length === length ? Object.freeze(edits) : undefined;
}

/** Copies an edit, or adds what is wrong with it. */
export function readEdit(value: unknown, place: Place | undefined, reading: RuleReading): Edit | undefined {
  const edit = check(editSchema, value, place, reading.issues);
  if (!edit) {
    // The rules of an edit that is wrong elsewhere are looked at too: every issue is listed.
    const { segment, link } = Object(value) as { segment?: Partial<Segment> | null; link?: Partial<Link> | null };
    readOptional(segment?.rule, at(at(place, 'segment'), 'rule'), reading);
    readOptional(link?.profile, at(at(place, 'link'), 'profile'), reading);
    return undefined;
  }
  switch (edit.type) {
    case 'saveSegment': {
      const { id, title, rule: written } = edit.segment;
      const rule = readOptional(written, at(at(place, 'segment'), 'rule'), reading);
      const segment: Segment = rule ? { id, title, rule } : { id, title };
      return Object.freeze({ type: edit.type, segment: Object.freeze(segment) });
    }
    case 'link': {
      const { id, segmentId, courseId, profile: written } = edit.link;
      const profile = readOptional(written, at(at(place, 'link'), 'profile'), reading);
      const link: Link = profile ? { id, segmentId, courseId, profile } : { id, segmentId, courseId };
      return Object.freeze({ type: edit.type, link: Object.freeze(link) });
    }
    case 'deleteSegment':
    case 'unlink':
      return edit;
    default:
      return edit satisfies never;
  }
}

/** Says what there is too much of in one list of edits. */
function tooLarge({ written, searched }: RuleSize, titles: number): string | undefined {
  const advice = 'give the edits in several lists';
  if (written + titles > EDITS_TEXT) {
    const limit = EDITS_TEXT.toLocaleString('en-GB');
    return `a list of edits has at most ${limit} characters, ${PART_SIZE} more for each part of a rule: ${advice}`;
  }
  if (searched <= EDITS_SEARCH_TEXT) return undefined;
  const limit = EDITS_SEARCH_TEXT.toLocaleString('en-GB');
  return `a list of edits has at most ${limit} characters in contains, startsWith and endsWith: ${advice}`;
}

/** How many characters its ids and title have. */
function textLength(edit: Edit): number {
  switch (edit.type) {
    case 'saveSegment':
      return edit.segment.id.length + edit.segment.title.length;
    case 'link':
      return edit.link.id.length + edit.link.segmentId.length + edit.link.courseId.length;
    case 'deleteSegment':
      return edit.segmentId.length;
    case 'unlink':
      return edit.linkId.length;
    default:
      return edit satisfies never;
  }
}

function readOptional(rule: unknown, place: Place, reading: RuleReading): Rule | undefined {
  return rule === undefined ? undefined : readRule(rule, place, reading);
}
