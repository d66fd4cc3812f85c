import { compareIds } from '../collections/order.js';
import type { Blocked } from '../model/diff.js';
import type { LearnerId, LinkId } from '../model/ids.js';

/** Whether a link is blocked, and not a learner. */
export function isBlockedLink(blocked: Blocked): blocked is Extract<Blocked, { linkId: LinkId }> {
  return 'linkId' in blocked;
}

/** Returns the id of what is blocked: of the link, or of the learner. */
export function blockedId(blocked: Blocked): LinkId | LearnerId {
  return isBlockedLink(blocked) ? blocked.linkId : blocked.learnerId;
}

/** Compares what is blocked by id, then by kind. */
export function compareBlocked(a: Blocked, b: Blocked): number {
  return compareIds(blockedId(a), blockedId(b)) || compareIds(a.kind, b.kind);
}
