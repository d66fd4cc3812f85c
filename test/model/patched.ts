import type { Link, LinkPatch, Segment, SegmentPatch } from '../../src/index.js';

/** What a segment is after an edit of it: what the edit leaves out stays, null clears. */
export function segmentAfter(old: Segment | undefined, { id, title, rule }: SegmentPatch): Segment {
  const now = rule === undefined ? old?.rule : rule;
  return { id, title: title ?? old?.title ?? id, ...(now && { rule: now }) };
}

/** The same of a link. */
export function linkAfter(old: Link | undefined, { rule, data, ...link }: LinkPatch): Link {
  const [rules, kept] = [rule === undefined ? old?.rule : rule, data === undefined ? old?.data : data];
  return { ...link, ...(rules && { rule: rules }), ...(kept && { data: kept }) };
}
