import type { Link, LinkData, Segment } from './catalog.js';
import type { SegmentId } from './ids.js';
import type { Rule } from './rule.js';

/** The options of all links that `linkCourses` builds. */
export interface LinkOptions {
  /** Narrows the segment: only members who also satisfy this rule. */
  readonly rule?: Rule;
  /** The host's data for each link. If left out, an existing link keeps its data. */
  readonly data?: LinkData;
}

/** The segments and links that a host wants a catalog to have. */
export interface Wanted {
  /** Each segment once. An existing segment that is missing here is deleted only if the scope allows it. */
  readonly segments: readonly Segment[];
  /** Each link once, with an id that the host chooses. An existing link that is missing here is removed only if the scope allows it. */
  readonly links: readonly Link[];
}

/** What `editsTo` may delete: at least one of the two. */
export interface EditScope {
  /** Returns whether an existing segment that is not wanted is deleted. If left out, none are. */
  readonly segments?: (id: SegmentId) => boolean;
  /** Returns whether an existing link that is not wanted is removed. If left out, none are. */
  readonly links?: (link: Link) => boolean;
}
