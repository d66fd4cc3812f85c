import { getOrCreate } from '../../collections/get-or-create.js';

// Few ids, so that commands use the same ones; unusual ids, to find stores that fold case or change ids.
export const LEARNERS = ['a', 'A', 'é', 'e\u0301', '__proto__', '', '😀'];
export const COURSES = ['c', 'C', 'constructor'];
export const LINKS = ['k', 'K', '%', '__proto__'];

/** What the store should contain, in the simplest form. */
export class Model {
  /** Each learner's site. */
  readonly learners = new Map<string, string>();
  /** Each learner's assignments, as text. */
  readonly held = new Map<string, Set<string>>();
  /** Individual enrolments, as text. */
  readonly individual = new Set<string>();
  /** Each segment's title. */
  readonly segments = new Map<string, string>();
  /** The last settled learner of each pass, by the revision of the unsettled work. */
  readonly work = new Map<number, Map<string, string | null>>();

  constructor(
    /** The revision of the catalog. */
    public revision: number,
  ) {}

  heldBy(id: string): Set<string> {
    return getOrCreate(this.held, id, () => new Set());
  }
}
