import { lowerBound } from '../collections/binary-search.js';
import type { Step } from './step.js';

/** A number that a value is below (or above), and the slot of its condition. */
interface Threshold {
  readonly number: number;
  readonly inclusive: boolean;
  readonly slot: number;
}

/**
 * The conditions of one direction, `lt` and `lte` or `gt` and `gte`, on one field. A value sets only the slot of the nearest threshold that it
 * satisfies; steps propagate it to the thresholds farther away. So a value costs one binary search, however many thresholds there are.
 */
export class ThresholdIndex {
  readonly #thresholds: Threshold[] = [];
  #isSorted = true;
  /** 1 if values are below the thresholds, -1 if above: negated, above becomes below. */
  readonly #sign: 1 | -1;

  constructor(direction: 'below' | 'above') {
    this.#sign = direction === 'below' ? 1 : -1;
  }

  add(number: number, inclusive: boolean, slot: number): void {
    this.#thresholds.push({ number: this.#sign * number, inclusive, slot });
    this.#isSorted = false;
  }

  /** Returns the slot of the nearest threshold that the value satisfies. */
  nearest(value: number): number | undefined {
    const sorted = this.#sorted();
    return sorted[lowerBound(sorted, this.#sign * value, compareThreshold)]?.slot;
  }

  /** Returns the steps that propagate a set slot from each threshold to the next farther one. */
  steps(): Step[] {
    const sorted = this.#sorted();
    return sorted.slice(1).map(({ slot }, i) => ({ op: 'or', inputs: [slot, sorted[i]!.slot], out: slot }));
  }

  /** Returns the thresholds nearest first: a value below one is below all that follow. At the same number, `lt` precedes `lte`. */
  #sorted(): readonly Threshold[] {
    if (!this.#isSorted) {
      this.#thresholds.sort((a, b) => a.number - b.number || Number(a.inclusive) - Number(b.inclusive));
      this.#isSorted = true;
    }
    return this.#thresholds;
  }
}

/** Returns a negative number if the value does not satisfy the threshold. */
function compareThreshold({ number, inclusive }: Threshold, value: number): number {
  return value < number || (inclusive && value === number) ? 0 : -1;
}
