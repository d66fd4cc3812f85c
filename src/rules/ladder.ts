import type { Step } from './step.js';

/** A limit that a value is below (or above), and the slot of its condition. */
interface Rung {
  readonly limit: number;
  readonly inclusive: boolean;
  readonly slot: number;
}

/**
 * The conditions of one direction, `lt` and `lte` or `gt` and `gte`, on one field. A value sets only the slot of the nearest limit that it
 * satisfies; steps propagate it to the limits farther away. So a value costs one binary search, however many limits there are.
 */
export class Ladder {
  #rungs: Rung[] = [];
  #sorted = true;
  /** 1 if values are below the limits, -1 if above: negated, above becomes below. */
  readonly #sign: 1 | -1;

  constructor(direction: 'below' | 'above') {
    this.#sign = direction === 'below' ? 1 : -1;
  }

  add(limit: number, inclusive: boolean, slot: number): void {
    this.#rungs.push({ limit: this.#sign * limit, inclusive, slot });
    this.#sorted = false;
  }

  /** Returns the slot of the nearest limit that the value satisfies. */
  nearest(value: number): number | undefined {
    const rungs = this.#inOrder();
    const signed = this.#sign * value;
    let low = 0;
    let high = rungs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const { limit, inclusive } = rungs[middle]!;
      if (signed < limit || (inclusive && signed === limit)) high = middle;
      else low = middle + 1;
    }
    return rungs[low]?.slot;
  }

  /** Returns the steps that propagate a set slot from each limit to the next farther one. */
  steps(): Step[] {
    return this.#inOrder()
      .slice(1)
      .map(({ slot }, i) => ({ op: 'or', inputs: [slot, this.#rungs[i]!.slot], out: slot }));
  }

  /** Returns the limits nearest first: a value below one is below all that follow. At the same limit, `lt` precedes `lte`. */
  #inOrder(): readonly Rung[] {
    if (!this.#sorted) {
      this.#rungs.sort((a, b) => a.limit - b.limit || Number(a.inclusive) - Number(b.inclusive));
      this.#sorted = true;
    }
    return this.#rungs;
  }
}
