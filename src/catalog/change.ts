import { canonical } from '../model/canonical.js';
import type { Catalog, CatalogChange, Link, Segment } from '../model/catalog.js';
import { sameRule } from '../rules/key.js';

/** Whether two segments say the same. */
export function sameSegment(a: Segment, b: Segment): boolean {
  return a === b || (a.id === b.id && a.title === b.title && sameRule(a.rule, b.rule));
}

/** Whether two links say the same. */
export function sameLink(a: Link, b: Link): boolean {
  return a === b || (a.id === b.id && sameAudience(a, b) && canonical(a.data) === canonical(b.data));
}

/** Whether two links put the same learners on the same course. */
function sameAudience(a: Link, b: Link): boolean {
  return a.segmentId === b.segmentId && a.courseId === b.courseId && sameRule(a.rule, b.rule);
}

/** Boils the difference of two catalogs down to what a store has to save and delete. */
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

/** Of the saved segments those whose rule is another: a new title moves nobody, and is no reason to judge the rule again. */
export function changedRules(before: Catalog, { saveSegments }: CatalogChange): readonly Segment[] {
  const standing = new Map(before.segments.map((segment) => [segment.id, segment.rule]));
  return saveSegments.filter(({ id, rule }) => !standing.has(id) || !sameRule(standing.get(id), rule));
}

/** Of the saved links those that are new or put other learners on a course: other data of the host's concerns no learner. */
export function changedLinks(before: Catalog, { saveLinks }: CatalogChange): readonly Link[] {
  const standing = new Map(before.links.map((link) => [link.id, link]));
  return saveLinks.filter((link) => {
    const old = standing.get(link.id);
    return !old || !sameAudience(old, link);
  });
}

/** Whether a change leaves everything as it was. */
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
