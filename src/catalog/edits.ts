import type {
  DeleteSegmentEdit,
  LinkEdit,
  LinkPatch,
  SaveSegmentEdit,
  SegmentPatch,
  UnlinkEdit,
} from '../model/catalog.js';
import type { LinkId, SegmentId } from '../model/ids.js';

// Builders never throw: edits are checked where they are used.

/**
 * Builds the edit that creates a segment or changes an existing one: keys that are left out keep their value, and `rule: null` clears the
 * rule (semantics §5).
 */
export function saveSegment(segment: SegmentPatch): SaveSegmentEdit {
  return { type: 'saveSegment', segment };
}

/** Builds the edit that deletes a segment; it is rejected while links or rules refer to the segment (semantics §5). */
export function deleteSegment(segmentId: SegmentId): DeleteSegmentEdit {
  return { type: 'deleteSegment', segmentId };
}

/**
 * Builds the edit that links a course to a segment or changes an existing link: keys that are left out keep their value, and `null` clears
 * a key (semantics §5).
 */
export function link(link: LinkPatch): LinkEdit {
  return { type: 'link', link };
}

/** Builds the edit that removes a link: all learners that it holds are released, and completed courses are archived (semantics §4). */
export function unlink(linkId: LinkId): UnlinkEdit {
  return { type: 'unlink', linkId };
}
