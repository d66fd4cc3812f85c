import type { Catalog, CatalogChange, SettledWork, Unsettled } from 'smart-enrolments';

/** The catalog before anything was saved. */
export const emptyCatalog: Catalog = { revision: 0, courses: [], segments: [], links: [], unsettled: [] };

/** The catalog after a commit: what it saves and deletes, and the work it leaves under the new revision. */
export function committed(catalog: Catalog, change: CatalogChange, unsettled: Unsettled): Catalog {
  const revision = catalog.revision + 1;
  return {
    ...catalog,
    revision,
    segments: replaced(catalog.segments, change.saveSegments, change.deleteSegments),
    links: replaced(catalog.links, change.saveLinks, change.deleteLinks),
    unsettled: [...catalog.unsettled, { ...unsettled, revision }],
  };
}

/** The catalog once a piece of work has come this far; the same where the work is gone. */
export function settled(catalog: Catalog, { revision, pass, after, done }: SettledWork): Catalog {
  const found = catalog.unsettled.find((work) => work.revision === revision);
  if (!found) return catalog;
  const { links, courses } = found;
  const moved = { revision, links, courses, pass, ...(after !== undefined && { after }) };
  const others = catalog.unsettled.filter((work) => work !== found);
  return { ...catalog, unsettled: done ? others : [...others, moved] };
}

/** The items with some of them replaced by id, or added, and others gone. */
export function replaced<T extends { readonly id: string }>(
  items: readonly T[],
  save: readonly T[],
  gone: readonly string[],
): readonly T[] {
  // The same array says "nothing changed here", and saves the library work.
  if (save.length === 0 && gone.length === 0) return items;
  const byId = new Map(items.map((item) => [item.id, item]));
  for (const id of gone) byId.delete(id);
  for (const item of save) byId.set(item.id, item);
  return [...byId.values()];
}
