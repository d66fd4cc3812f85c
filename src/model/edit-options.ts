import type { Link, LinkData, Segment } from './catalog.js';
import type { SegmentId } from './ids.js';
import type { Rule } from './rule.js';

/** What all links that `linkCourses` builds have in common. */
export interface LinkOptions {
  /** Narrows the segment: only members who also satisfy this rule. */
  readonly rule?: Rule;
  /** What the host keeps with each link. Left out: an existing link keeps its own. */
  readonly data?: LinkData;
}

/** The segments and links that a host wants a catalog to have. */
export interface Wanted {
  /** Each once; an existing segment that is not among them is deleted only where the scope names it. */
  readonly segments: readonly Segment[];
  /** Each once, with the ids that the host gives them; the same holds for links. */
  readonly links: readonly Link[];
}

/** What `editsTo` may delete: at least one of the two. */
export interface EditScope {
  /** Whether an existing segment that is not wanted is deleted. Left out: none is. */
  readonly segments?: (id: SegmentId) => boolean;
  /** Whether an existing link that is not wanted is removed. Left out: none is. */
  readonly links?: (link: Link) => boolean;
}
