import { Scratch } from '../rules/scratch.js';

/** Lists that diffs work in, batch after batch; a matcher has one, since a diff is done before the next begins. */
export class Workspace {
  /** By row: whether rules apply to it, and whether it is frozen. */
  readonly present = new Scratch();
  readonly inactive = new Scratch();
  /** The members of each audience, and where each ends. */
  readonly members = new Scratch();
  readonly ends = new Scratch();
  /** The links that anybody is to hold. */
  readonly touched = new Scratch();
  /** What each row is to hold, where it begins, and where the next link of each goes. */
  readonly wanted = new Scratch();
  readonly starts = new Scratch();
  readonly next = new Scratch();
  /** What one row holds, and what it does once settled. */
  readonly held = new Scratch();
  readonly settled = new Scratch();
  /**
   * One of each kind of object that diffs work with. When V8 collects garbage it forgets the shape of objects of which none is alive, and
   * with it all code that was optimised for them: without these every diff would begin slowly.
   */
  alive: readonly object[] | undefined;
}
