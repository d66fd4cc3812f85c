import type { RowMethod, World } from './world.js';

/** A world made for one case; what is reopened through `another` is cleaned up with it. */
export interface Stage extends Omit<World, 'reopen' | 'cleanup' | RowMethod>, Required<Pick<World, RowMethod>> {
  another(): Promise<World>;
}

/** One promise of the interface, and how to see whether it is kept. */
export interface Promised {
  readonly id: string;
  /** The promise: a sentence about the method that makes it. */
  readonly title: string;
  /** The method of the world without which the case cannot be run. */
  readonly needs?: RowMethod;
  /** Rejects where the promise is broken. */
  check(stage: Stage): Promise<void>;
}
