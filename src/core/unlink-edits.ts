import { unlink } from '../catalog/edits.js';
import type { Catalog, UnlinkEdit } from '../model/catalog.js';
import type { CourseId, SegmentId } from '../model/ids.js';
import { isId } from '../validate/id.js';
import { parse } from '../validate/issues.js';
import { checkList } from '../validate/list.js';
import { at } from '../validate/place.js';
import { LIST_LENGTH } from '../validate/size-limits.js';
import { checkCatalog } from './check-catalog.js';

/**
 * Builds the edits that remove every link of a segment to these courses, whatever its rule, in the catalog's order; none for a course that
 * is not linked. The segment's other courses stay linked.
 * @throws `invalid_input` if the catalog is invalid or an id is not text.
 */
export function unlinkCourses(catalog: Catalog, segmentId: SegmentId, courseIds: readonly CourseId[]): UnlinkEdit[] {
  parse((issues) => {
    checkCatalog(catalog, at(undefined, 'catalog'), issues);
    isId(segmentId, at(undefined, 'segmentId'), issues);
    checkList(courseIds, LIST_LENGTH, at(undefined, 'courseIds'), issues, (id, place) => isId(id, place, issues));
  });
  const named = new Set(courseIds);
  const removed = catalog.links.filter((link) => link.segmentId === segmentId && named.has(link.courseId));
  return removed.map(({ id }) => unlink(id));
}
