import { getOrCreate } from '../../collections/get-or-create.js';
import type { Catalog, Course } from '../../model/catalog.js';
import type { Field, FieldType } from '../../model/learner.js';

const FIELD_TYPES: ReadonlySet<unknown> = new Set<FieldType>(['text', 'number', 'boolean', 'date']);
/** Links to a course are inert unless its method is `by-assignment-only`. */
const UNCLEAR = 'unclear, because its rows differ';

/**
 * Corrects catalogs with bad rows of the host: a field of unknown type counts as not declared, equal rows of one course are merged, and links
 * to a course whose rows differ are inert (semantics §6).
 */
export class Tolerance {
  readonly #fields = new WeakMap<readonly Field[], readonly Field[]>();
  readonly #courses = new WeakMap<readonly Course[], readonly Course[]>();
  readonly #catalogs = new WeakMap<Catalog, Catalog>();

  /** Returns the same objects if nothing is wrong, and the same result for the same objects. A value that is no catalog is returned unchanged. */
  correct(catalog: Catalog): Catalog {
    if (!Array.isArray(catalog?.courses)) return catalog;
    return getOrCreate(this.#catalogs, catalog, () => {
      const given = catalog.fields;
      const fields = Array.isArray(given) ? getOrCreate(this.#fields, given, () => declared(given)) : given;
      const courses = getOrCreate(this.#courses, catalog.courses, () => distinct(catalog.courses));
      const isFine = fields === given && courses === catalog.courses;
      return isFine ? catalog : Object.freeze({ ...catalog, ...(fields && { fields }), courses });
    });
  }
}

function declared(fields: readonly Field[]): readonly Field[] {
  const types = new Map<unknown, Set<unknown>>();
  for (const field of fields) getOrCreate(types, field?.id, () => new Set()).add(field?.type);
  const isClear = (field: Field): boolean => FIELD_TYPES.has(field?.type) && types.get(field.id)!.size === 1;
  if (types.size === fields.length && fields.every(isClear)) return fields;
  const seen = new Set<unknown>();
  return Object.freeze(fields.filter((field) => isClear(field) && !seen.has(field.id) && seen.add(field.id)));
}

function distinct(courses: readonly Course[]): readonly Course[] {
  const byId = new Map<unknown, Course>();
  for (const course of courses) {
    const other = byId.get(course?.id);
    const isSame = !other || (other.enrolmentMethod === course.enrolmentMethod && other.title === course.title);
    byId.set(course?.id, isSame ? course : Object.freeze({ ...other, enrolmentMethod: UNCLEAR }));
  }
  return byId.size === courses.length ? courses : Object.freeze([...byId.values()]);
}
