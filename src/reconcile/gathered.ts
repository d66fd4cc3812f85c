import type { Enrolled, Kept, LearnerDiff, Released, Unenrolled } from '../model/diff.js';
import type { LearnerId } from '../model/ids.js';
import type { Assignment } from '../model/learner.js';

const NONE: readonly never[] = Object.freeze([]);

/**
 * Makes a plain object, as a literal does. V8 may come to believe that what a literal makes lives long, once the caller has kept some
 * diffs, and then every diff costs twice as much for its garbage; of what a constructor makes it believes nothing.
 */
const Diff = function (
  this: { -readonly [Key in keyof LearnerDiff]: LearnerDiff[Key] },
  learnerId: LearnerId,
  assigned: LearnerDiff['assigned'],
  released: LearnerDiff['released'],
  enrolled: LearnerDiff['enrolled'],
  unenrolled: LearnerDiff['unenrolled'],
  kept: LearnerDiff['kept'],
): void {
  this.learnerId = learnerId;
  this.assigned = assigned;
  this.released = released;
  this.enrolled = enrolled;
  this.unenrolled = unenrolled;
  this.kept = kept;
} as unknown as new (
  ...parts: [
    LearnerId,
    LearnerDiff['assigned'],
    LearnerDiff['released'],
    LearnerDiff['enrolled'],
    LearnerDiff['unenrolled'],
    LearnerDiff['kept'],
  ]
) => LearnerDiff;
Diff.prototype = Object.prototype;

/** What a diff is gathered in, learner after learner; each diff takes lists of its own, no longer than they need be. */
export class Gathered {
  readonly assigned = new List<Assignment>();
  readonly released = new List<Released>();
  readonly enrolled = new List<Enrolled>();
  readonly unenrolled = new List<Unenrolled>();
  readonly kept = new List<Kept>();

  take(learnerId: string): LearnerDiff {
    const { assigned, released, enrolled, unenrolled, kept } = this;
    return new Diff(learnerId, assigned.take(), released.take(), enrolled.take(), unenrolled.take(), kept.take());
  }
}

/** The diff of somebody who had nothing: lists that are theirs already, and none but these. */
export function starting(
  learnerId: LearnerId,
  assigned: readonly Assignment[],
  enrolled: readonly Enrolled[],
): LearnerDiff {
  return new Diff(learnerId, assigned, NONE, enrolled, NONE, NONE);
}

class List<Item> {
  readonly items: Item[] = [];
  count = 0;

  add(item: Item): void {
    this.items[this.count++] = item;
  }

  take(): readonly Item[] {
    if (this.count === 0) return NONE;
    const taken = this.items.slice(0, this.count);
    this.count = 0;
    return taken;
  }
}
