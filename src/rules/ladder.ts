import type { Step } from './program.js';

/** A limit that a value is below (or above), and the slot of the condition that asks for it. */
interface Rung {
  readonly limit: number;
  readonly inclusive: boolean;
  readonly slot: number;
}

/**
 * The conditions of one direction, `lt` and `lte` or `gt` and `gte`, on one field. A value marks only the nearest limit that it
 * satisfies; steps carry the mark on to those farther away. So a value costs one search, however many limits there are.
 */
export class Ladder {
  #rungs: Rung[] = [];
  #sorted = true;
  /** 1 where values lie below the limits, -1 where above: turned round, above is below. */
  readonly #sign: 1 | -1;

  constructor(direction: 'below' | 'above') {
    this.#sign = direction === 'below' ? 1 : -1;
  }

  add(limit: number, inclusive: boolean, slot: number): void {
    this.#rungs.push({ limit: this.#sign * limit, inclusive, slot });
    this.#sorted = false;
  }

  /** The slot of the nearest limit that the value satisfies. */
  nearest(value: number): number | undefined {
    const rungs = this.#inOrder();
    const turned = this.#sign * value;
    let low = 0;
    let high = rungs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const { limit, inclusive } = rungs[middle]!;
      if (turned < limit || (inclusive && turned === limit)) high = middle;
      else low = middle + 1;
    }
    return rungs[low]?.slot;
  }

  /** The steps that carry marks on: from each limit to the next farther one. */
  steps(): Step[] {
    return this.#inOrder()
      .slice(1)
      .map(({ slot }, i) => ({ op: 'or', inputs: [slot, this.#rungs[i]!.slot], out: slot }));
  }

  /** Nearest first: whoever is below one is below all that follow; below a limit before at most at it. */
  #inOrder(): readonly Rung[] {
    if (!this.#sorted) {
      this.#rungs.sort((a, b) => a.limit - b.limit || Number(a.inclusive) - Number(b.inclusive));
      this.#sorted = true;
    }
    return this.#rungs;
  }
}
