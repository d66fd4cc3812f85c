import { entry } from '../model/entry.js';
import type { CourseId, LinkId } from '../model/ids.js';
import type { Assignment } from '../model/learner.js';

/** The assignments of a batch whose (link, course) is not in the catalog, each with a column after those of the links (semantics §7.8). */
export class GoneLinks {
  readonly #assignments: Assignment[] = [];
  readonly #columns = new Map<LinkId, Map<CourseId, number>>();

  /** `from`: the first column. */
  constructor(readonly from: number) {}

  /** One more than the last column. */
  get to(): number {
    return this.from + this.#assignments.length;
  }

  /** The column of such an assignment; a new one the first time. */
  column(assignment: Assignment): number {
    const ofLink = entry(this.#columns, assignment.linkId, () => new Map<CourseId, number>());
    return entry(ofLink, assignment.courseId, () => this.from + this.#assignments.push(assignment) - 1);
  }

  /** The assignment of a column. */
  assignment(column: number): Assignment {
    return this.#assignments[column - this.from]!;
  }
}
