import type { Link, LinkPatch, Segment, SegmentPatch } from '../model/catalog.js';

/** Returns the segment that an edit leaves: keys that the patch leaves out keep their value, `null` clears them (semantics §5). */
export function patchedSegment(standing: Segment | undefined, patch: SegmentPatch): Segment {
  const { id, title = standing?.title ?? id, rule = standing?.rule } = patch;
  return { id, title, ...(rule && { rule }) };
}

/** The same of a link. */
export function patchedLink(standing: Link | undefined, patch: LinkPatch): Link {
  const { id, segmentId, courseId, rule = standing?.rule, data = standing?.data } = patch;
  return { id, segmentId, courseId, ...(rule && { rule }), ...(data && { data }) };
}
