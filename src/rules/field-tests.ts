import { getOrCreate } from '../collections/get-or-create.js';
import { AffixMatcher } from './affix-matcher.js';
import type { Test } from './condition.js';
import type { Step } from './step.js';
import { SubstringMatcher } from './substring-matcher.js';
import { ThresholdIndex } from './threshold-index.js';
import type { Comparable } from './value.js';

/** All tests of one type on one field. The cost of testing a value depends on the value and on what it satisfies, not on the number of tests. */
export class FieldTests {
  readonly #equal = new Map<Comparable, number[]>();
  readonly #below = new ThresholdIndex('below');
  readonly #above = new ThresholdIndex('above');
  readonly #substrings = new SubstringMatcher();
  readonly #prefixes = new AffixMatcher('prefix');
  readonly #suffixes = new AffixMatcher('suffix');

  /** Adds a test whose slot is set for every row that satisfies it. */
  add({ op, operands }: Test, slot: number): void {
    const [operand] = operands;
    switch (op) {
      case 'equals':
      case 'in':
        for (const one of new Set(operands)) getOrCreate(this.#equal, one, () => []).push(slot);
        return;
      case 'lt':
      case 'lte':
        this.#below.add(operand as number, op === 'lte', slot);
        return;
      case 'gt':
      case 'gte':
        this.#above.add(operand as number, op === 'gte', slot);
        return;
      case 'contains':
        this.#substrings.add(operand as string, slot);
        return;
      case 'startsWith':
        this.#prefixes.add(operand as string, slot);
        return;
      case 'endsWith':
        this.#suffixes.add(operand as string, slot);
        return;
      default:
        op satisfies never;
    }
  }

  /** Adds the slots of the tests that a value satisfies; of lower and upper thresholds only the nearest one each. */
  mark(value: Comparable, into: number[]): void {
    const equal = this.#equal.get(value);
    if (equal) for (const slot of equal) into.push(slot);
    if (typeof value === 'number') {
      for (const slot of [this.#below.nearest(value), this.#above.nearest(value)])
        if (slot !== undefined) into.push(slot);
    } else if (typeof value === 'string') {
      this.#prefixes.mark(value, into);
      this.#substrings.mark(value, into);
      this.#suffixes.mark(value, into);
    }
  }

  /** Returns the steps that propagate a set slot from threshold to threshold; they run before all steps that use the slots. */
  steps(): Step[] {
    return [...this.#below.steps(), ...this.#above.steps()];
  }
}
