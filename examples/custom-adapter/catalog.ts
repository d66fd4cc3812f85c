import type { Catalog, CatalogChange, SettledRange, Unsettled } from 'smart-enrolments';

/** The empty catalog. */
export const emptyCatalog: Catalog = { revision: 0, courses: [], segments: [], links: [], unsettled: [] };

/** The catalog after a commit: what it saves and deletes, and the work that it leaves. */
export function committed(catalog: Catalog, change: CatalogChange, unsettled: Unsettled): Catalog {
  const revision = catalog.revision + 1;
  return {
    ...catalog,
    revision,
    segments: replaced(catalog.segments, change.saveSegments, change.deleteSegments),
    links: replaced(catalog.links, change.saveLinks, change.deleteLinks),
    unsettled: [...catalog.unsettled, unsettled],
  };
}

/** Returns the catalog after a range of a piece of work is settled up to here; the same object if there is no such range. */
export function settled(catalog: Catalog, { operation, range, done }: SettledRange): Catalog {
  const work = catalog.unsettled.find((each) => each.operation.id === operation);
  const known = work?.ranges.find(({ pass, upTo }) => pass === range.pass && upTo === range.upTo);
  if (!work || !known) return catalog;
  const ranges = done
    ? work.ranges.filter((each) => each !== known)
    : work.ranges.map((each) => (each === known ? range : each));
  const left = ranges.length > 0 ? [{ ...work, ranges }] : [];
  return { ...catalog, unsettled: catalog.unsettled.flatMap((each) => (each === work ? left : each)) };
}

/** Returns the items after some are replaced by id or added, and others deleted. */
export function replaced<T extends { readonly id: string }>(
  items: readonly T[],
  save: readonly T[],
  deleted: readonly string[],
): readonly T[] {
  // The same array means that nothing changed here, which saves the library work.
  if (save.length === 0 && deleted.length === 0) return items;
  const byId = new Map(items.map((item) => [item.id, item]));
  for (const id of deleted) byId.delete(id);
  for (const item of save) byId.set(item.id, item);
  return [...byId.values()];
}
