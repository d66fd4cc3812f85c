import { deepFreeze } from '../../collections/deep-freeze.js';
import type { Catalog, Course, Link, Segment, Unsettled } from '../../model/catalog.js';
import type { Field } from '../../model/learner.js';

/** The content of a piece of work. Unlike its ranges, it never changes. */
export type About = Omit<Unsettled, 'ranges'>;

/** The last loaded value of a part of the catalog, and the key it was loaded under. */
interface Part<T> {
  readonly key: string;
  readonly value: T;
}

/**
 * Caches the catalog as it was last loaded: an unchanged part is the same object again, and so is the whole. Keys identify contents, not
 * points in time, so entries from a transaction that was rolled back are harmless.
 */
export class CatalogCache {
  #own: Part<{ readonly segments: readonly Segment[]; readonly links: readonly Link[] }> | undefined;
  #courses: Part<readonly Course[]> | undefined;
  #found: readonly Course[] | undefined;
  #fields: Part<readonly Field[] | undefined> | undefined;
  #works: ReadonlyMap<string, About> = new Map();
  #whole: Part<Catalog> | undefined;

  own(key: string): { readonly segments: readonly Segment[]; readonly links: readonly Link[] } | undefined {
    return this.#own?.key === key ? this.#own.value : undefined;
  }

  keepOwn(key: string, value: { readonly segments: readonly Segment[]; readonly links: readonly Link[] }): void {
    this.#own = { key, value };
  }

  courses(found: readonly Course[]): readonly Course[] {
    // A host that knows that nothing has changed returns the same list.
    if (this.#courses && this.#found === found) return this.#courses.value;
    this.#found = found;
    const key = JSON.stringify(found);
    if (this.#courses?.key !== key) this.#courses = { key, value: deepFreeze(JSON.parse(key)) };
    return this.#courses!.value;
  }

  fields(found: readonly Field[] | undefined): readonly Field[] | undefined {
    const key = JSON.stringify(found) ?? '';
    if (this.#fields?.key !== key) this.#fields = { key, value: found && deepFreeze(JSON.parse(key)) };
    return this.#fields!.value;
  }

  work(stamp: string): About | undefined {
    return this.#works.get(stamp);
  }

  /** Keeps these works, and drops all others. */
  keepWorks(works: ReadonlyMap<string, About>): void {
    this.#works = works;
  }

  /** Returns the catalog with these parts: the same object for the same parts. `progress` identifies how far the works are settled. */
  whole(catalog: Catalog, progress: string): Catalog {
    const last = this.#whole;
    const isSame =
      last &&
      last.key === progress &&
      last.value.revision === catalog.revision &&
      last.value.fields === catalog.fields &&
      last.value.courses === catalog.courses &&
      last.value.segments === catalog.segments &&
      last.value.links === catalog.links;
    if (isSame) return last.value;
    this.#whole = { key: progress, value: Object.freeze(catalog) };
    return catalog;
  }
}
