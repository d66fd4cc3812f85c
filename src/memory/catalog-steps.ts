import type { Catalog, CatalogChange, Course, Unsettled, UnsettledWork } from '../model/catalog.js';
import type { CourseId } from '../model/ids.js';
import type { Field } from '../model/learner.js';
import type { SettledWork } from '../repositories/repositories.js';
import { frozenCopy } from './frozen-copy.js';

/** One change to a catalog: answers the next one, frozen, or the same where nothing changes. */
export type CatalogStep = (catalog: Catalog) => Catalog;

/** The catalog before anything was saved. */
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
      unsettled: Object.freeze([...catalog.unsettled, Object.freeze({ ...left, revision })]),
    });
  };
}

/** Makes the step that records how far a piece of work has come, or forgets it when it is done. */
export function settling({ revision, pass, after, done }: SettledWork): CatalogStep {
  return (catalog) => {
    const known = catalog.unsettled.find((work) => work.revision === revision);
    if (!known || (!done && known.pass === pass && known.after === after)) return catalog;
    const moved = (work: UnsettledWork): UnsettledWork => {
      const { links, courses } = work;
      return Object.freeze({ revision, links, courses, pass, ...(after !== undefined && { after }) });
    };
    const unsettled = done
      ? catalog.unsettled.filter((work) => work.revision !== revision)
      : catalog.unsettled.map((work) => (work.revision === revision ? moved(work) : work));
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

/** Replaces by id, in place; what is new comes at the end. */
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
