import type { Catalog } from 'smart-enrolments';
import type { Names } from '../rules/words.js';
import { courseTitles } from './courses.js';
import { allFields } from './fields.js';
import type { Lms } from './lms.js';

/** The names of everything on the pages, and the catalog that they come from. */
export interface Titles extends Names {
  readonly catalog: Catalog;
  readonly courses: ReadonlyMap<string, string>;
  /** The course of a link. */
  readonly links: ReadonlyMap<string, string>;
  /** The segment of a link. */
  readonly linkSegments: ReadonlyMap<string, string>;
}

export async function titlesOf(lms: Lms): Promise<Titles> {
  const catalog = await lms.repositories.catalog.load();
  const courses = await courseTitles(lms.db);
  const segments = new Map(catalog.segments.map(({ id, title }) => [id, title]));
  return {
    catalog,
    courses,
    segments,
    fields: new Map((await allFields(lms.db)).map(({ id, title }) => [id, title])),
    links: new Map(catalog.links.map(({ id, courseId }) => [id, courses.get(courseId) ?? courseId])),
    linkSegments: new Map(catalog.links.map(({ id, segmentId }) => [id, segments.get(segmentId) ?? segmentId])),
  };
}
