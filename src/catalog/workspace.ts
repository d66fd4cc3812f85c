import { Scratch } from '../rules/scratch.js';

/** Buffers that diffs reuse for every chunk. A matcher has one workspace, because diffs are synchronous and never overlap. */
export class Workspace {
  /** By row: whether rules apply, and whether the learner is frozen. */
  readonly present = new Scratch();
  readonly inactive = new Scratch();
  /** The members of each audience, and the index at which each audience ends. */
  readonly members = new Scratch();
  readonly ends = new Scratch();
  /** The links that at least one learner should hold. */
  readonly touched = new Scratch();
  /** The links of all rows, where each row begins, and where the next link of each row goes. */
  readonly wanted = new Scratch();
  readonly starts = new Scratch();
  readonly next = new Scratch();
  /** What one row holds now, and once settled. */
  readonly held = new Scratch();
  readonly settled = new Scratch();
  /**
   * Keeps one instance of each hidden class that diffs use. If garbage collection removes the last instance, V8 discards the hidden class and
   * the code optimised for it. Without this, a full diff after a collection costs 16 % more on V8 11.3 (Node 20), and one of learners who
   * already have enrolments 45 % more.
   */
  alive: readonly object[] | undefined;
}
