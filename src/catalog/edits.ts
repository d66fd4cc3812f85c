import type {
  DeleteSegmentEdit,
  LinkEdit,
  LinkPatch,
  SaveSegmentEdit,
  SegmentPatch,
  UnlinkEdit,
} from '../model/catalog.js';
import type { LinkId, SegmentId } from '../model/ids.js';

// Edits are checked where they are used: builders never throw.

/** Builds the edit that creates a segment, or changes of one what is named: keys that are left out keep their value, and `rule: null` clears the rule (semantics §5). */
export function saveSegment(segment: SegmentPatch): SaveSegmentEdit {
  return { type: 'saveSegment', segment };
}

/** Builds the edit that deletes a segment; it is rejected while links or rules refer to the segment (semantics §5). */
export function deleteSegment(segmentId: SegmentId): DeleteSegmentEdit {
  return { type: 'deleteSegment', segmentId };
}

/** Builds the edit that links a course to a segment, or changes of a link what is named; `null` clears a key (semantics §5). */
export function link(link: LinkPatch): LinkEdit {
  return { type: 'link', link };
}

/** Builds the edit that removes a link: everyone it holds is released, and completed courses are archived (semantics §4). */
export function unlink(linkId: LinkId): UnlinkEdit {
  return { type: 'unlink', linkId };
}
