import type { Edit } from '../../model/catalog.js';
import type { Field, Learner, TrainingRecord } from '../../model/learner.js';
import type { UnreadableRow } from '../unreadable.js';

/** Something the host does on its own. */
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
      /** What the store cannot read from now on, until it is repaired. */
      readonly row: UnreadableRow;
    }
  | { readonly do: 'repair'; readonly learnerId: string };

/** Something asked of the library. */
export type LibraryStep =
  | { readonly do: 'apply' | 'plan'; readonly edits: readonly Edit[] }
  | { readonly do: 'notice'; readonly ids: readonly string[] }
  | { readonly do: 'reconcile'; readonly courses?: readonly string[] }
  | { readonly do: 'settle' };

/** One public operation of one client, or `quiet`: everybody ends, and the laws are checked. Plain JSON. */
export type Step = { readonly n: number } & (HostStep | LibraryStep | { readonly do: 'quiet' });

/** What happened in one world, so that it can happen again: the seed stands for the interleaving and the faults. */
export interface History {
  /** Decides the interleaving and the faults. */
  readonly seed: number;
  /** What was done, in order. */
  readonly steps: readonly Step[];
}

const LIBRARY: ReadonlySet<Step['do']> = new Set(['apply', 'plan', 'notice', 'reconcile', 'settle']);

/** Whether the library is asked for it, rather than the host doing it. */
export function isLibraryStep(step: HostStep | LibraryStep): step is LibraryStep {
  return LIBRARY.has(step.do);
}
