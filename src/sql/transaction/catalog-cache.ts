import { deepFreeze } from '../../collections/deep-freeze.js';
import type { Catalog, Course, Link, Segment, Unsettled } from '../../model/catalog.js';
import type { Field } from '../../model/learner.js';

/** The content of a piece of work. Unlike its ranges, it never changes. */
export type WorkContent = Omit<Unsettled, 'ranges'>;

/** The catalog's segments and links, which are in the library's tables. */
export interface SegmentsAndLinks {
  readonly segments: readonly Segment[];
  readonly links: readonly Link[];
}

/** The last loaded value of a part of the catalog, and the key it was loaded under. */
interface Cached<T> {
  readonly key: string;
  readonly value: T;
}

/**
 * Caches the catalog as it was last loaded: an unchanged part is the same object again, and so is the whole. Keys identify contents, not
 * points in time, so entries from a transaction that was rolled back are harmless.
 */
export class CatalogCache {
  #segmentsAndLinks: Cached<SegmentsAndLinks> | undefined;
  #courses: Cached<readonly Course[]> | undefined;
  #lastCourses: readonly Course[] | undefined;
  #fields: Cached<readonly Field[] | undefined> | undefined;
  #workContents: ReadonlyMap<string, WorkContent> = new Map();
  #catalog: Cached<Catalog> | undefined;

  segmentsAndLinks(key: string): SegmentsAndLinks | undefined {
    return this.#segmentsAndLinks?.key === key ? this.#segmentsAndLinks.value : undefined;
  }

  setSegmentsAndLinks(key: string, value: SegmentsAndLinks): void {
    this.#segmentsAndLinks = { key, value };
  }

  courses(found: readonly Course[]): readonly Course[] {
    // A host that knows that nothing has changed returns the same list.
    if (this.#courses && this.#lastCourses === found) return this.#courses.value;
    this.#lastCourses = found;
    const key = JSON.stringify(found);
    if (this.#courses?.key !== key) this.#courses = { key, value: deepFreeze(JSON.parse(key)) };
    return this.#courses!.value;
  }

  fields(found: readonly Field[] | undefined): readonly Field[] | undefined {
    const key = JSON.stringify(found) ?? '';
    if (this.#fields?.key !== key) this.#fields = { key, value: found && deepFreeze(JSON.parse(key)) };
    return this.#fields!.value;
  }

  workContent(stamp: string): WorkContent | undefined {
    return this.#workContents.get(stamp);
  }

  /** Caches these contents by stamp, and drops all others. */
  setWorkContents(contents: ReadonlyMap<string, WorkContent>): void {
    this.#workContents = contents;
  }

  /** Returns the catalog, as the same object for the same parts. `progress` identifies how far the works are settled. */
  catalog(catalog: Catalog, progress: string): Catalog {
    const last = this.#catalog;
    const isSame =
      last &&
      last.key === progress &&
      last.value.revision === catalog.revision &&
      last.value.fields === catalog.fields &&
      last.value.courses === catalog.courses &&
      last.value.segments === catalog.segments &&
      last.value.links === catalog.links;
    if (isSame) return last.value;
    this.#catalog = { key: progress, value: Object.freeze(catalog) };
    return catalog;
  }
}
