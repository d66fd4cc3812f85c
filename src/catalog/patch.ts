import type { Link, LinkPatch, Segment, SegmentPatch } from '../model/catalog.js';

/** Returns the segment that an edit leaves: keys that the patch leaves out keep their value, `null` clears them (semantics §5). */
export function patchedSegment(existing: Segment | undefined, patch: SegmentPatch): Segment {
  const { id, title = existing?.title ?? id, rule = existing?.rule } = patch;
  return { id, title, ...(rule && { rule }) };
}

/** Returns the link that an edit leaves; keys are treated in the same way. */
export function patchedLink(existing: Link | undefined, patch: LinkPatch): Link {
  const { id, segmentId, courseId, rule = existing?.rule, data = existing?.data } = patch;
  return { id, segmentId, courseId, ...(rule && { rule }), ...(data && { data }) };
}
