import { entry } from '../../model/entry.js';

// Few, so that they meet; odd, so that a store that folds or mangles ids shows.
export const LEARNERS = ['a', 'A', 'é', 'e\u0301', '__proto__', '', '😀'];
export const COURSES = ['c', 'C', 'constructor'];
export const LINKS = ['k', 'K', '%', '__proto__'];

/** What the store should hold, as plainly as it can be said. */
export class Model {
  /** Each learner's site. */
  readonly learners = new Map<string, string>();
  /** Each learner's assignments, as text. */
  readonly held = new Map<string, Set<string>>();
  /** Individual enrolments, as text. */
  readonly individual = new Set<string>();
  /** Each segment's title. */
  readonly segments = new Map<string, string>();
  /** The ranges of unsettled work by pass, by revision, each with how far it is settled. */
  readonly work = new Map<number, Map<string, string | null>>();

  constructor(
    /** Of the catalog. */
    public revision: number,
  ) {}

  heldBy(id: string): Set<string> {
    return entry(this.held, id, () => new Set());
  }
}
