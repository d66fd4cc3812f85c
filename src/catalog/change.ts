import type { Catalog, CatalogChange, Link, Segment } from '../model/catalog.js';
import { sameRule } from '../rules/rule-key.js';
import { canonical } from '../text/canonical.js';

/** Returns whether two segments are equal. */
export function sameSegment(a: Segment, b: Segment): boolean {
  return a === b || (a.id === b.id && a.title === b.title && sameRule(a.rule, b.rule));
}

/** Returns whether two links are equal. */
export function sameLink(a: Link, b: Link): boolean {
  return a === b || (a.id === b.id && sameAudience(a, b) && canonical(a.data) === canonical(b.data));
}

/** Returns whether two links enrol the same learners on the same course. */
function sameAudience(a: Link, b: Link): boolean {
  return a.segmentId === b.segmentId && a.courseId === b.courseId && sameRule(a.rule, b.rule);
}

/** Returns what a store has to save and delete to get from one catalog to the other. */
export function changeOf(before: Catalog, after: Catalog): CatalogChange {
  const segments = compare(before.segments, after.segments, sameSegment);
  const links = compare(before.links, after.links, sameLink);
  return {
    saveSegments: segments.saved,
    deleteSegments: segments.deleted,
    saveLinks: links.saved,
    deleteLinks: links.deleted,
  };
}

/** Returns the saved segments whose rule changed. A new title affects no learner, and the rule is not checked again. */
export function changedRules(before: Catalog, { saveSegments }: CatalogChange): readonly Segment[] {
  const existing = new Map(before.segments.map((segment) => [segment.id, segment.rule]));
  return saveSegments.filter(({ id, rule }) => !existing.has(id) || !sameRule(existing.get(id), rule));
}

/** Returns the saved links that are new or enrol other learners. A change of the host's data affects no learner. */
export function changedLinks(before: Catalog, { saveLinks }: CatalogChange): readonly Link[] {
  const existing = new Map(before.links.map((link) => [link.id, link]));
  return saveLinks.filter((link) => {
    const old = existing.get(link.id);
    return !old || !sameAudience(old, link);
  });
}

/** Returns whether a change saves and deletes nothing. */
export function isEmptyChange(change: CatalogChange): boolean {
  return Object.values(change).every((list: readonly unknown[]) => list.length === 0);
}

function compare<Item extends { readonly id: string }>(
  before: readonly Item[],
  after: readonly Item[],
  same: (a: Item, b: Item) => boolean,
): { saved: Item[]; deleted: string[] } {
  if (before === after) return { saved: [], deleted: [] };
  const old = new Map(before.map((item) => [item.id, item]));
  const kept = new Set<string>();
  const saved: Item[] = [];
  for (const item of after) {
    const previous = old.get(item.id);
    kept.add(item.id);
    if (!previous || !same(previous, item)) saved.push(item);
  }
  return { saved, deleted: before.map((item) => item.id).filter((id) => !kept.has(id)) };
}
