import type { RowMethod, World } from './world.js';

/** A world created for one case. `another` opens a second client, which is cleaned up with it. */
export interface CaseWorld extends Omit<World, 'reopen' | 'cleanup' | RowMethod>, Required<Pick<World, RowMethod>> {
  another(): Promise<World>;
}

/** One promise of the repositories' interface, and the check of it. */
export interface ContractCase {
  readonly id: string;
  /** The promise: a sentence that begins with the method. */
  readonly title: string;
  /** The optional method of the world that the case needs. */
  readonly needs?: RowMethod;
  /** Rejects if the promise is broken. */
  check(world: CaseWorld): Promise<void>;
}
