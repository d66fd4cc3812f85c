import { Immer } from 'immer';
import { type InputIssue, SmartEnrolmentsError } from '../errors/smart-enrolments-error.js';
import type { Catalog, Edit, Link, LinkPatch, Segment } from '../model/catalog.js';
import type { LinkId, SegmentId } from '../model/ids.js';
import { changeOf, isEmptyChange } from './change.js';
import { checkOutcome } from './check-outcome.js';
import { EditedList } from './edited-list.js';
import { patchedLink, patchedSegment } from './patch.js';

/**
 * Returns the catalog with these edits applied, in order and as a whole; the same object if they change nothing.
 * Keys that an edit leaves out keep their value. The revision and the unsettled work do not change. References, rules and courses are checked
 * on the outcome.
 * @throws `unknown_link`, `unknown_segment`, `unknown_course`, `course_not_by_assignment`, `duplicate_link`, `segment_in_use`,
 * `rule_cycle`, and `invalid_input` for a new segment without a rule, and for a rule that cannot be evaluated (semantics §5, §7.4–§7.8).
 */
export function evolve(catalog: Catalog, edits: readonly Edit[]): Catalog {
  const missing: Missing = { segmentIds: [], linkIds: [], issues: [] };
  const { segments, links } = catalog;
  // Created here: a bundle without evolve has no immer.
  const edited = new Immer({ autoFreeze: false }).produce<Lists>({ segments, links }, (draft) => {
    const lists = { segments: new EditedList(segments, draft.segments), links: new EditedList(links, draft.links) };
    for (const [index, edit] of edits.entries()) step(lists, edit, index, missing);
  });
  const { linkIds, segmentIds, issues } = missing;
  if (issues.length > 0) throw new SmartEnrolmentsError('invalid_input', { issues });
  if (linkIds.length > 0) throw new SmartEnrolmentsError('unknown_link', { linkIds });
  if (segmentIds.length > 0) throw new SmartEnrolmentsError('unknown_segment', { segmentIds });
  const after: Catalog = {
    ...catalog,
    segments: edited.segments === segments ? segments : edited.segments.filter((segment) => segment !== undefined),
    links: edited.links === links ? links : edited.links.filter((link) => link !== undefined),
  };
  const change = changeOf(catalog, after);
  if (isEmptyChange(change)) return catalog;
  checkOutcome(catalog, after, change, edits);
  return after;
}

/** The lists of a catalog that edits change, with a gap for each item that was deleted. */
interface Lists {
  readonly segments: readonly (Segment | undefined)[];
  readonly links: readonly (Link | undefined)[];
}

/** The same lists, by id. */
interface EditedLists {
  readonly segments: EditedList<Segment>;
  readonly links: EditedList<Link>;
}

/** What edits lack: the items that they would remove, and the rules of new segments. */
interface Missing {
  readonly issues: InputIssue[];
  readonly segmentIds: SegmentId[];
  readonly linkIds: LinkId[];
}

function step({ segments, links }: EditedLists, edit: Edit, index: number, missing: Missing): void {
  switch (edit.type) {
    case 'saveSegment': {
      const { segment } = edit;
      const existing = segments.get(segment.id);
      if (!existing && segment.rule === undefined) missing.issues.push(withoutRule(index));
      segments.set(patchedSegment(existing, segment));
      return;
    }
    case 'deleteSegment':
      if (!segments.delete(edit.segmentId)) missing.segmentIds.push(edit.segmentId);
      return;
    case 'link':
      checkIdentity(edit.link, links.get(edit.link.id));
      // Even if it is unlinked earlier in the list: learners of the old and of the new link could not be distinguished.
      checkIdentity(edit.link, links.before(edit.link.id));
      links.set(patchedLink(links.get(edit.link.id), edit.link));
      return;
    case 'unlink':
      if (!links.delete(edit.linkId)) missing.linkIds.push(edit.linkId);
      return;
    default:
      edit satisfies never;
  }
}

function withoutRule(index: number): InputIssue {
  const message = 'a new segment needs "rule"; pass null for hand-placed members only';
  return { code: 'wrong_type', path: [index, 'segment', 'rule'], message };
}

function checkIdentity(link: LinkPatch, existing: Link | undefined): void {
  if (!existing || (existing.segmentId === link.segmentId && existing.courseId === link.courseId)) return;
  throw new SmartEnrolmentsError('duplicate_link', { links: [{ linkId: link.id, existing: link.id }] });
}
