import type { MatchedCourse } from '../catalog/matched-link.js';
import { compareIds } from '../collections/order.js';
import type { CourseId } from '../model/ids.js';
import type { Comparison, LinkRange } from './comparison.js';

/** Sorts after every link. */
export const END = 0x7fff_ffff;

/** Walks over the courses of what one learner holds now and once settled, in order: held, settled and orphaned assignments at the same time. */
export class CourseWalk {
  /** The current course; its links are undefined if the learner holds only deleted links of it. */
  courseId: CourseId = '';
  course: MatchedCourse | undefined;
  /** The assignments on the current course: in each list, from an index to before another. */
  heldFrom = 0;
  heldTo: number;
  settledFrom = 0;
  settledTo: number;
  orphanedFrom = 0;
  orphanedTo = 0;

  constructor(readonly comparison: Comparison) {
    this.heldTo = comparison.held.from;
    this.settledTo = comparison.settled.from;
  }

  /** Moves to the next course; returns false if there is none. */
  next(): boolean {
    const { matcher, held, settled, orphaned } = this.comparison;
    this.heldFrom = this.heldTo;
    this.settledFrom = this.settledTo;
    this.orphanedFrom = this.orphanedTo;
    const link = Math.min(linkAt(held, this.heldFrom), linkAt(settled, this.settledFrom));
    const orphan = orphaned[this.orphanedFrom];
    if (link === END && !orphan) return false;
    const course = link === END ? undefined : matcher.courseAt[link]!;
    this.course = course && orphan && compareIds(orphan.courseId, course.courseId) < 0 ? undefined : course;
    this.courseId = (this.course ?? orphan!).courseId;
    const end = this.course ? this.course.to : 0;
    this.heldTo = endOfCourse(held, this.heldFrom, end);
    this.settledTo = endOfCourse(settled, this.settledFrom, end);
    while (this.orphanedTo < orphaned.length && orphaned[this.orphanedTo]!.courseId === this.courseId)
      this.orphanedTo++;
    return true;
  }
}

/** Returns the link at an index, or `END`. */
function linkAt({ list, to }: LinkRange, index: number): number {
  return index < to ? list[index]! : END;
}

/** Returns the index at which the links before `end` end. */
function endOfCourse({ list, to }: LinkRange, from: number, end: number): number {
  let index = from;
  while (index < to && list[index]! < end) index++;
  return index;
}
