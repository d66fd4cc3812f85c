import { blockedId, compareBlocked, isBlockedLink } from '../catalog/blocked.js';
import { compareIds } from '../collections/order.js';
import type { Blocked, CourseSummary, LearnerDiff, Summary } from '../model/diff.js';
import type { CourseId } from '../model/ids.js';

const SHOWN = 100;
/** How many blocked learners are kept before the list is cut to the first `SHOWN`. */
const KEPT = 200;

type Counts = { -readonly [Key in keyof CourseSummary]: CourseSummary[Key] };

/** Counts diffs and blocked items, batch by batch. Its memory grows with the courses and the blocked items, not with the learners. */
export class Tally {
  #learners = 0;
  #assigned = 0;
  #released = 0;
  #kept = 0;
  readonly #courses = new Map<CourseId, Counts>();
  readonly #links = new Map<string, Blocked>();
  readonly #blockedLearners: Blocked[] = [];
  readonly #blockedIds = new Set<string>();

  /** Counts the diffs of a batch. */
  add(diffs: readonly LearnerDiff[]): void {
    this.#learners += diffs.length;
    for (const diff of diffs) {
      this.#assigned += diff.assigned.length;
      this.#released += diff.released.length;
      this.#kept += diff.kept.length;
      for (const { courseId, training } of diff.enrolled) {
        const course = this.#course(courseId);
        course.enrolled++;
        if (training === 'resume') course.resumed++;
      }
      for (const { courseId, training } of diff.unenrolled) {
        const course = this.#course(courseId);
        course.unenrolled++;
        if (training === 'archive') course.archived++;
      }
    }
  }

  /** Counts blocked links and learners, each once. */
  block(blocked: readonly Blocked[]): void {
    for (const item of blocked) {
      const key = JSON.stringify([item.kind, blockedId(item)]);
      if (isBlockedLink(item)) this.#links.set(key, item);
      else if (!this.#blockedIds.has(key)) {
        this.#blockedIds.add(key);
        this.#blockedLearners.push(item);
      }
    }
    if (this.#blockedLearners.length > KEPT) this.#firstBlockedLearners();
  }

  /** Returns the counts so far. */
  summary(): Summary {
    const courses = [...this.#courses.values()]
      .sort((a, b) => compareIds(a.courseId, b.courseId))
      .map((course) => ({ ...course }));
    const sum = (key: Exclude<keyof CourseSummary, 'courseId'>) =>
      courses.reduce((total, course) => total + course[key], 0);
    return {
      learners: this.#learners,
      assigned: this.#assigned,
      released: this.#released,
      enrolled: sum('enrolled'),
      resumed: sum('resumed'),
      unenrolled: sum('unenrolled'),
      archived: sum('archived'),
      kept: this.#kept,
      courses,
      blocked: [...[...this.#links.values()].sort(compareBlocked), ...this.#firstBlockedLearners()].slice(0, SHOWN),
      blockedTotal: this.#links.size + this.#blockedIds.size,
    };
  }

  #course(courseId: CourseId): Counts {
    let course = this.#courses.get(courseId);
    if (!course) {
      course = { courseId, enrolled: 0, resumed: 0, unenrolled: 0, archived: 0 };
      this.#courses.set(courseId, course);
    }
    return course;
  }

  #firstBlockedLearners(): readonly Blocked[] {
    this.#blockedLearners.sort(compareBlocked).splice(SHOWN);
    return this.#blockedLearners;
  }
}
