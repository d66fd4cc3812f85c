import type { CourseId, LinkId } from '../model/ids.js';
import type { Assignment } from '../model/learner.js';

/** The assignments of a batch whose (link, course) is not in the catalog, each with a column after those of the links (semantics §7.8). */
export class GoneLinks {
  readonly #assignments: Assignment[] = [];
  readonly #columns = new Map<LinkId, Map<CourseId, number>>();
  readonly #byCourse = new Map<CourseId, number[]>();

  /** `from`: the first column. */
  constructor(readonly from: number) {}

  /** One more than the last column. */
  get to(): number {
    return this.from + this.#assignments.length;
  }

  /** The column of such an assignment; a new one the first time. */
  column(assignment: Assignment): number {
    const { courseId, linkId } = assignment;
    let ofLink = this.#columns.get(linkId);
    if (!ofLink) {
      ofLink = new Map();
      this.#columns.set(linkId, ofLink);
    }
    let column = ofLink.get(courseId);
    if (column === undefined) {
      column = this.to;
      this.#assignments.push(assignment);
      ofLink.set(courseId, column);
      const ofCourse = this.#byCourse.get(courseId);
      if (ofCourse) ofCourse.push(column);
      else this.#byCourse.set(courseId, [column]);
    }
    return column;
  }

  assignment(column: number): Assignment {
    return this.#assignments[column - this.from]!;
  }

  /** The columns of a course. */
  columnsOf(courseId: CourseId): readonly number[] {
    return this.#byCourse.get(courseId) ?? [];
  }
}
