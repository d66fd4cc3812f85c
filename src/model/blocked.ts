import type { Blocked } from './diff.js';
import type { LearnerId, LinkId } from './ids.js';
import { compareIds } from './order.js';

/** Returns the id of what is blocked: of the link, or of the learner. */
export function blockedId(blocked: Blocked): LinkId | LearnerId {
  return 'linkId' in blocked ? blocked.linkId : blocked.learnerId;
}

/** Compares what is blocked by id, then by kind. */
export function compareBlocked(a: Blocked, b: Blocked): number {
  return compareIds(blockedId(a), blockedId(b)) || compareIds(a.kind, b.kind);
}
