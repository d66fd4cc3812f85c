import type { Catalog, UnlinkEdit } from '../model/catalog.js';
import type { CourseId, SegmentId } from '../model/ids.js';
import { parseCatalog, parseId, parseIds, parseTogether } from '../validate/parse.js';
import { unlink } from './edits.js';

/**
 * Builds the edits that remove every link of a segment to these courses, whatever its rule, in the catalog's order; none for a course that
 * is not linked. The segment's other courses stay linked.
 * @throws `invalid_input` for a catalog that is not as described, and for ids that are not text.
 */
export function unlinkCourses(catalog: Catalog, segmentId: SegmentId, courseIds: readonly CourseId[]): UnlinkEdit[] {
  const [{ links }, segment, courses] = parseTogether<[Catalog, SegmentId, readonly CourseId[]]>(
    () => parseCatalog(catalog),
    () => parseId(segmentId, 'segmentId'),
    () => parseIds(courseIds),
  );
  const named = new Set(courses);
  return links.filter((one) => one.segmentId === segment && named.has(one.courseId)).map(({ id }) => unlink(id));
}
