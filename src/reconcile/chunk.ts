import type { CompiledCatalog } from '../catalog/compiled-catalog.js';
import type { View } from '../catalog/view.js';
import type { Blocked } from '../model/diff.js';
import type { Learner, LearnerState } from '../model/learner.js';
import { hasBit, setBit } from '../rules/bits.js';
import { type Evaluation, evaluate } from '../rules/evaluate.js';
import { isOutsideAudiences } from './search/audience.js';
import { type Wanted, wantedOf } from './wanted.js';

/** Learners who are evaluated together: what they should hold, and which of them keep what they hold. */
export class Chunk {
  readonly wanted: Wanted;
  readonly #evaluation: Evaluation;
  /** Rows that rules apply to: the learner exists and is not outside every audience. */
  readonly #present: Int32Array;
  /** Rows of `#present` whose learner is inactive and frozen. */
  readonly #inactive: Int32Array;

  constructor(
    matcher: CompiledCatalog,
    view: View,
    readonly states: readonly LearnerState[],
  ) {
    this.#evaluation = evaluate(
      view.slice,
      states.map(({ learner }) => learner),
    );
    const { words, invalid } = this.#evaluation;
    this.#present = matcher.workspace.present.clear(words);
    this.#inactive = matcher.workspace.inactive.clear(words);
    for (let row = 0; row < states.length; row++) {
      // Usually no row is invalid; then the lookup is skipped.
      if (invalid.size === 0 || !invalid.has(row)) this.#classify(states[row]!.learner, row, matcher);
    }
    this.wanted = wantedOf(view, this.#evaluation, this.#present, states.length, matcher.workspace);
  }

  #classify(learner: Learner | undefined, row: number, matcher: CompiledCatalog): void {
    if (!learner || isOutsideAudiences(learner, matcher)) return;
    setBit(this.#present, 0, row);
    if (learner.active === false) setBit(this.#inactive, 0, row);
  }

  /** Returns why the row's learner cannot be evaluated; undefined if they can. */
  invalid(row: number): Blocked | undefined {
    const { invalid } = this.#evaluation;
    const reason = this.states[row]!.unreadable ?? (invalid.size === 0 ? undefined : invalid.get(row));
    if (reason === undefined) return undefined;
    return { kind: 'invalid-learner', learnerId: this.states[row]!.learnerId, reason };
  }

  /** Returns why the changes of the row's learner are withheld; undefined if they are not. */
  withheld(row: number): Blocked | undefined {
    if (!hasBit(this.#inactive, 0, row)) return undefined;
    const reason = 'The learner is inactive, so their changes are withheld.';
    return { kind: 'inactive-learner', learnerId: this.states[row]!.learnerId, reason };
  }
}
