import { enableMapSet, Immer, isDraft, original } from 'immer';
import { type InputIssue, SmartEnrolmentsError } from '../errors/smart-enrolments-error.js';
import type { Catalog, Edit, Link, LinkPatch, Segment } from '../model/catalog.js';
import type { LinkId, SegmentId } from '../model/ids.js';
import { changeOf, isEmptyChange } from './change.js';
import { checkOutcome } from './check-outcome.js';
import { patchedLink, patchedSegment } from './patch.js';

enableMapSet();
const immer = new Immer({ autoFreeze: false });

/** The parts of a catalog that edits change, by id. */
interface Editable {
  readonly segments: Map<SegmentId, Segment>;
  readonly links: Map<LinkId, Link>;
}

/**
 * Returns the catalog with these edits applied, in order and as a whole; the same object if they change nothing.
 * Keys that an edit leaves out keep their value. The revision and the unsettled work do not change. References, rules and courses are checked
 * on the outcome.
 * @throws `unknown_link`, `unknown_segment`, `unknown_course`, `course_not_by_assignment`, `duplicate_link`, `segment_in_use`,
 * `rule_cycle`, and `invalid_input` for a new segment without a rule, and for a rule that cannot be evaluated (semantics §5, §7.4–§7.8).
 */
export function evolve(catalog: Catalog, edits: readonly Edit[]): Catalog {
  const before: Editable = { segments: byId(catalog.segments), links: byId(catalog.links) };
  const missing: Missing = { segmentIds: [], linkIds: [], issues: [] };
  const edited = immer.produce(before, (draft) => {
    for (const [index, edit] of edits.entries()) step(draft as Editable, edit, index, before, missing);
  });
  const { linkIds, segmentIds, issues } = missing;
  if (issues.length > 0) throw new SmartEnrolmentsError('invalid_input', { issues });
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

/** What edits lack: the items that they would remove, and the rules of new segments. */
interface Missing {
  readonly issues: InputIssue[];
  readonly segmentIds: SegmentId[];
  readonly linkIds: LinkId[];
}

function step(draft: Editable, edit: Edit, index: number, before: Editable, missing: Missing): void {
  switch (edit.type) {
    case 'saveSegment': {
      const { segment } = edit;
      const existing = undrafted(draft.segments.get(segment.id));
      if (!existing && segment.rule === undefined) missing.issues.push(withoutRule(index));
      draft.segments.set(segment.id, patchedSegment(existing, segment));
      return;
    }
    case 'deleteSegment':
      if (!draft.segments.delete(edit.segmentId)) missing.segmentIds.push(edit.segmentId);
      return;
    case 'link':
      checkIdentity(edit.link, draft.links);
      // Even if it is unlinked earlier in the list: learners of the old and of the new link could not be distinguished.
      checkIdentity(edit.link, before.links);
      draft.links.set(edit.link.id, patchedLink(undrafted(draft.links.get(edit.link.id)), edit.link));
      return;
    case 'unlink':
      if (!draft.links.delete(edit.linkId)) missing.linkIds.push(edit.linkId);
      return;
    default:
      edit satisfies never;
  }
}

/** Returns an item without immer's proxy, because parts of it are used in the item that replaces it. */
function undrafted<Item>(item: Item | undefined): Item | undefined {
  return isDraft(item) ? (original<unknown>(item) as Item) : item;
}

function withoutRule(index: number): InputIssue {
  const message = 'a new segment needs "rule"; pass null for hand-placed members only';
  return { code: 'wrong_type', path: [index, 'segment', 'rule'], message };
}

function checkIdentity(link: LinkPatch, links: ReadonlyMap<LinkId, Link>): void {
  const existing = links.get(link.id);
  if (!existing || (existing.segmentId === link.segmentId && existing.courseId === link.courseId)) return;
  throw new SmartEnrolmentsError('duplicate_link', { links: [{ linkId: link.id, existing: link.id }] });
}

function byId<Item extends { readonly id: string }>(items: readonly Item[]): Map<string, Item> {
  return new Map(items.map((item) => [item.id, item]));
}
