import { enableMapSet, Immer } from 'immer';
import { SmartEnrolmentsError } from '../errors.js';
import type { Catalog, Edit, Link, Segment } from '../model/catalog.js';
import type { LinkId, SegmentId } from '../model/ids.js';
import { changeOf, isEmptyChange } from './change.js';
import { checkOutcome } from './check-outcome.js';

enableMapSet();
const immer = new Immer({ autoFreeze: false });

/** What edits change of a catalog, by id. */
interface Editable {
  readonly segments: Map<SegmentId, Segment>;
  readonly links: Map<LinkId, Link>;
}

/**
 * Answers the catalog with these edits applied, in order and as a whole; the very same object where they change nothing.
 * Its revision and unsettled work are those of the one given. References, rules and courses are judged on the outcome.
 * @throws `unknown_link`, `unknown_segment`, `unknown_course`, `course_not_by_assignment`, `duplicate_link`, `segment_in_use`,
 * `rule_cycle`, and `invalid_input` for a rule that cannot be evaluated (semantics §5, §7.4–§7.8).
 */
export function evolve(catalog: Catalog, edits: readonly Edit[]): Catalog {
  const before: Editable = { segments: byId(catalog.segments), links: byId(catalog.links) };
  const missing: Missing = { segmentIds: [], linkIds: [] };
  const edited = immer.produce(before, (draft) => {
    for (const edit of edits) step(draft as Editable, edit, before, missing);
  });
  const { linkIds, segmentIds } = missing;
  if (linkIds.length > 0) throw new SmartEnrolmentsError('unknown_link', { linkIds });
  if (segmentIds.length > 0) throw new SmartEnrolmentsError('unknown_segment', { segmentIds });
  const after: Catalog = {
    ...catalog,
    segments: edited.segments === before.segments ? catalog.segments : [...edited.segments.values()],
    links: edited.links === before.links ? catalog.links : [...edited.links.values()],
  };
  const change = changeOf(catalog, after);
  if (isEmptyChange(change)) return catalog;
  checkOutcome(catalog, after, change, edits);
  return after;
}

/** What edits would remove that is not there. */
interface Missing {
  readonly segmentIds: SegmentId[];
  readonly linkIds: LinkId[];
}

function step(draft: Editable, edit: Edit, before: Editable, missing: Missing): void {
  switch (edit.type) {
    case 'saveSegment':
      draft.segments.set(edit.segment.id, edit.segment);
      return;
    case 'deleteSegment':
      if (!draft.segments.delete(edit.segmentId)) missing.segmentIds.push(edit.segmentId);
      return;
    case 'link':
      checkIdentity(edit.link, draft.links);
      // Unlinked earlier in the list or not: who still holds it could not be told from who holds the new one.
      checkIdentity(edit.link, before.links);
      draft.links.set(edit.link.id, edit.link);
      return;
    case 'unlink':
      if (!draft.links.delete(edit.linkId)) missing.linkIds.push(edit.linkId);
      return;
    default:
      edit satisfies never;
  }
}

function checkIdentity(link: Link, links: ReadonlyMap<LinkId, Link>): void {
  const existing = links.get(link.id);
  if (!existing || (existing.segmentId === link.segmentId && existing.courseId === link.courseId)) return;
  throw new SmartEnrolmentsError('duplicate_link', { links: [{ linkId: link.id, existing: link.id }] });
}

function byId<Item extends { readonly id: string }>(items: readonly Item[]): Map<string, Item> {
  return new Map(items.map((item) => [item.id, item]));
}
