import type { Edit } from '../../model/catalog.js';
import type { Field, Learner, TrainingRecord } from '../../model/learner.js';
import type { UnreadableRow } from '../unreadable.js';

/** A change that the host makes on its own. */
export type HostStep =
  | { readonly do: 'save'; readonly learners: readonly Learner[] }
  | { readonly do: 'delete'; readonly ids: readonly string[] }
  | { readonly do: 'method'; readonly courseId: string; readonly method: string }
  | { readonly do: 'fields'; readonly fields: readonly Field[] }
  | { readonly do: 'enrol' | 'unenrol'; readonly learnerId: string; readonly courseId: string }
  | {
      readonly do: 'train';
      readonly learnerId: string;
      readonly courseId: string;
      readonly status: TrainingRecord['status'];
    }
  | {
      readonly do: 'spoil';
      readonly learnerId: string;
      /** The row that the store cannot read until it is repaired. */
      readonly row: UnreadableRow;
    }
  | { readonly do: 'repair'; readonly learnerId: string };

/** An operation of the library. */
export type LibraryStep =
  | { readonly do: 'apply' | 'plan'; readonly edits: readonly Edit[] }
  | { readonly do: 'notice'; readonly ids: readonly string[] }
  | { readonly do: 'reconcile'; readonly courses?: readonly string[] }
  | { readonly do: 'settle' };

/** One public operation of one client, or `quiet`: all clients come to rest, and the laws are checked. Plain JSON. */
export type Step = { readonly n: number } & (HostStep | LibraryStep | { readonly do: 'quiet' });

/** What happened in one world, in a form that can be replayed. The seed determines the interleaving and the faults. */
export interface History {
  /** Determines the interleaving and the faults. */
  readonly seed: number;
  /** The steps, in order. */
  readonly steps: readonly Step[];
}

const LIBRARY: ReadonlySet<Step['do']> = new Set(['apply', 'plan', 'notice', 'reconcile', 'settle']);

/** Whether a step is an operation of the library, not a change of the host. */
export function isLibraryStep(step: HostStep | LibraryStep): step is LibraryStep {
  return LIBRARY.has(step.do);
}
