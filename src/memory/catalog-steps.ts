import { rangesAfter } from '../collections/ranges-after.js';
import type { Catalog, CatalogChange, Course, Unsettled } from '../model/catalog.js';
import type { CourseId } from '../model/ids.js';
import type { Field } from '../model/learner.js';
import type { SettledRange } from '../repositories/repositories.js';
import { frozenCopy } from './frozen-copy.js';

/** One change to a catalog: returns the next catalog, frozen, or the same one if nothing changes. */
export type CatalogStep = (catalog: Catalog) => Catalog;

/** Returns the catalog of an empty store. */
export function emptyCatalog(): Catalog {
  return frozenCopy({ revision: 0, courses: [], segments: [], links: [], unsettled: [] });
}

/** Makes the step that stores a commit: what it saves and deletes, and the work it leaves, under the next revision. */
export function committing(change: CatalogChange, unsettled: Unsettled): CatalogStep {
  const { saveSegments, deleteSegments, saveLinks, deleteLinks } = frozenCopy(change);
  const left = frozenCopy(unsettled);
  return (catalog) => {
    const revision = catalog.revision + 1;
    return Object.freeze({
      ...catalog,
      revision,
      segments: replaced(catalog.segments, saveSegments, deleteSegments),
      links: replaced(catalog.links, saveLinks, deleteLinks),
      unsettled: Object.freeze([...catalog.unsettled, left]),
    });
  };
}

/** Makes the step that records how far a range of a piece of work is settled, or that it is done. */
export function settling({ operation, range, done }: SettledRange): CatalogStep {
  return (catalog) => {
    const work = catalog.unsettled.find((each) => each.operation.id === operation);
    if (!work) return catalog;
    const ranges = rangesAfter(work.ranges, range, done);
    if (ranges === work.ranges) return catalog;
    const left = ranges.length > 0 ? [Object.freeze({ ...work, ranges: Object.freeze(ranges) })] : [];
    const unsettled = catalog.unsettled.flatMap((each) => (each === work ? left : each));
    return Object.freeze({ ...catalog, unsettled: Object.freeze(unsettled) });
  };
}

/** Makes the step that declares all profile fields. */
export function declaring(fields: readonly Field[]): CatalogStep {
  const declared = frozenCopy(fields);
  return (catalog) => Object.freeze({ ...catalog, fields: declared });
}

/** Makes the step that saves and deletes the host's courses. */
export function offering(save: readonly Course[], remove: readonly CourseId[]): CatalogStep {
  const saved = frozenCopy(save);
  const removed = [...remove];
  return (catalog) => {
    const courses = replaced(catalog.courses, saved, removed);
    return courses === catalog.courses ? catalog : Object.freeze({ ...catalog, courses });
  };
}

/** Replaces items by id, in place; new items are added at the end. */
function replaced<T extends { readonly id: string }>(
  items: readonly T[],
  save: readonly T[],
  remove: readonly string[],
): readonly T[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  let changed = save.length > 0;
  for (const id of remove) if (byId.delete(id)) changed = true;
  for (const item of save) byId.set(item.id, item);
  return changed ? Object.freeze([...byId.values()]) : items;
}
