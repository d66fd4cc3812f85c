import * as z from 'zod/mini';
import type { Edit, LinkData, LinkPatch, SegmentPatch } from '../model/catalog.js';
import type { CourseId, LinkId, SegmentId } from '../model/ids.js';
import type { Rule } from '../model/rule.js';
import { CATALOG_SEARCH_TEXT } from '../text/search-text-limits.js';
import { exact } from './exact.js';
import { tooLong } from './id.js';
import { readData } from './link-data.js';
import { at, type Place } from './place.js';
import { type RuleReading, readRule } from './rule.js';
import type { RuleSize } from './rule-budget.js';
import { check, frozen, id, later, text } from './schema.js';
import { EDITS_TEXT, LIST_LENGTH, PART_SIZE } from './size-limits.js';

/** A segment; its rule is read separately. */
export const segmentSchema: z.ZodMiniType<SegmentPatch> = exact<SegmentPatch>()(
  frozen(
    z.strictObject(
      { id: id<SegmentId>(), title: z.optional(text), rule: z.optional(later<Rule | null>('a rule')) },
      'a segment',
    ),
  ),
);

/** A link; its rule and data are read separately. */
export const linkSchema: z.ZodMiniType<LinkPatch> = exact<LinkPatch>()(
  frozen(
    z.strictObject(
      {
        id: id<LinkId>(),
        segmentId: id<SegmentId>(),
        courseId: id<CourseId>(),
        rule: z.optional(later<Rule | null>('a rule')),
        data: z.optional(later<LinkData | null>('a JSON object')),
      },
      'a link',
    ),
  ),
);

/** An edit; its rules are read separately. */
export const editSchema: z.ZodMiniType<Edit> = exact<Edit>()(
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

/** Copies a list of edits, or adds its issues. */
export function readEdits(value: unknown, place: Place | undefined, reading: RuleReading): readonly Edit[] | undefined {
  const { issues } = reading;
  if (!Array.isArray(value)) {
    issues.wrongType('a list of edits', value, place);
    return undefined;
  }
  const { length } = value;
  if (length > LIST_LENGTH) {
    issues.add('too_long', place, `${tooLong(LIST_LENGTH, length, 'edits')}: split them into several lists`);
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

/** Copies an edit, or adds its issues. */
export function readEdit(value: unknown, place: Place | undefined, reading: RuleReading): Edit | undefined {
  const edit = check(editSchema, value, place, reading.issues);
  if (!edit) {
    // The rules of an edit with other issues are checked too, so that every issue is listed.
    const { segment, link } = Object(value) as {
      segment?: Partial<SegmentPatch> | null;
      link?: Partial<LinkPatch> | null;
    };
    readOptional(segment?.rule, at(at(place, 'segment'), 'rule'), reading);
    readOptional(link?.rule, at(at(place, 'link'), 'rule'), reading);
    readData(link?.data, at(at(place, 'link'), 'data'), reading);
    return undefined;
  }
  switch (edit.type) {
    case 'saveSegment':
      return Object.freeze({ type: edit.type, segment: withRule(edit.segment, at(place, 'segment'), reading) });
    case 'link':
      return Object.freeze({ type: edit.type, link: withData(edit.link, at(place, 'link'), reading) });
    case 'deleteSegment':
    case 'unlink':
      return edit;
    default:
      return edit satisfies never;
  }
}

/** Returns a segment with a copy of its rule; adds the issues of the rule. */
function withRule({ id, title, rule: given }: SegmentPatch, place: Place, reading: RuleReading): SegmentPatch {
  const rule = readOptional(given, at(place, 'rule'), reading);
  return Object.freeze({ id, ...(title !== undefined && { title }), ...(rule !== undefined && { rule }) });
}

/** Returns a link with copies of its rule and data; adds their issues. */
function withData({ rule: given, data, ...link }: LinkPatch, place: Place, reading: RuleReading): LinkPatch {
  const rule = readOptional(given, at(place, 'rule'), reading);
  const copy = readData(data, at(place, 'data'), reading);
  return Object.freeze({ ...link, ...(rule !== undefined && { rule }), ...(copy !== undefined && { data: copy }) });
}

/** Returns the issue of a list of edits that is too large; undefined if it is not. */
function tooLarge({ written, searched }: RuleSize, titles: number): string | undefined {
  const advice = 'split the edits into several lists';
  if (written + titles > EDITS_TEXT) {
    const limit = EDITS_TEXT.toLocaleString('en-GB');
    return `a list of edits has at most ${limit} characters, counting ${PART_SIZE} more for each part of a rule: ${advice}`;
  }
  if (searched <= CATALOG_SEARCH_TEXT) return undefined;
  const limit = CATALOG_SEARCH_TEXT.toLocaleString('en-GB');
  return `a list of edits has at most ${limit} characters in contains, startsWith and endsWith: ${advice}`;
}

/** Returns how many characters the ids and the title of an edit have. */
function textLength(edit: Edit): number {
  switch (edit.type) {
    case 'saveSegment':
      return edit.segment.id.length + (edit.segment.title?.length ?? 0);
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

function readOptional(rule: unknown, place: Place, reading: RuleReading): Rule | null | undefined {
  return rule === undefined || rule === null ? rule : readRule(rule, place, reading);
}
