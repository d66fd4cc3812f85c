import { describe } from '../model/describe.js';
import { entry } from '../model/entry.js';
import type { FieldType, Scalar } from '../model/learner.js';
import { satisfies, type Test } from './condition.js';
import { type Comparable, comparable, isBlank } from './value.js';

/** What one value of a field says: which slots it satisfies, whether it is blank, and what is wrong with it. */
interface Verdict {
  readonly slots: readonly number[];
  readonly blank: boolean;
  readonly misfit?: string;
}

const NO_SLOTS: readonly number[] = [];
const FITS: Verdict = { slots: NO_SLOTS, blank: false };
const BLANK: Verdict = { slots: NO_SLOTS, blank: true };
/** How much all fields of a program keep of their verdicts, in numbers; beyond its share a field begins anew. */
const KEPT = 1 << 20;
const KEPT_LENGTH = 256;

/**
 * One profile field of a program: puts every test on the field to each distinct value once.
 * Equality is looked up; the other tests are tried in turn.
 */
export class FieldColumn {
  readonly #equal = new Map<FieldType, Map<Comparable, number[]>>();
  readonly #tests = new Map<FieldType, { test: Test; slot: number }[]>();
  readonly #verdicts = new Map<Scalar, Verdict>();
  #kept = 0;
  /** The slots that its values decide. */
  readonly slots = new Set<number>();
  /** Set where a rule asks whether the field is blank. */
  blankSlot: number | undefined;

  constructor(
    readonly id: string,
    /** Undefined where the host declares no fields. */
    readonly declared: FieldType | undefined,
    /** All fields of the program. */
    readonly all: ReadonlyMap<string, FieldColumn>,
  ) {}

  /** Has the slot set wherever the test is satisfied. */
  add(test: Test, slot: number): void {
    this.slots.add(slot);
    if (test.op === 'equals' || test.op === 'in') {
      const byOperand = entry(this.#equal, test.type, () => new Map<Comparable, number[]>());
      for (const operand of new Set(test.operands)) entry(byOperand, operand, () => []).push(slot);
    } else entry(this.#tests, test.type, () => []).push({ test, slot });
  }

  /** Says what one value, not a list, satisfies. */
  verdict(value: Scalar): Verdict {
    if (this.declared === 'text' && typeof value === 'string' && this.#unasked) return FITS;
    const known = this.#verdicts.get(value);
    if (known) return known;
    const verdict = this.#judge(value);
    if (typeof value === 'string' && value.length > KEPT_LENGTH) return verdict;
    const size = 8 + verdict.slots.length + (typeof value === 'string' ? value.length >> 2 : 0);
    this.#kept += size;
    if (this.#kept * this.all.size > KEPT) {
      this.#verdicts.clear();
      this.#kept = size;
    }
    this.#verdicts.set(value, verdict);
    return verdict;
  }

  /** Whether no rule asks for the field: any text is as good as another. */
  get #unasked(): boolean {
    return this.blankSlot === undefined && this.#equal.size === 0 && this.#tests.size === 0;
  }

  #judge(value: Scalar): Verdict {
    if (isBlank(value)) return BLANK;
    if (this.declared) {
      const fit = comparable(this.declared, value);
      if (fit !== undefined) return { slots: this.#slots(this.declared, fit, []), blank: false };
      return {
        slots: NO_SLOTS,
        blank: false,
        misfit: `is declared ${this.declared} and holds ${describeMisfit(this.declared, value)}`,
      };
    }
    const type = typeof value;
    if (type === 'object' || type === 'function' || type === 'symbol' || type === 'bigint' || Number.isNaN(value)) {
      return { slots: NO_SLOTS, blank: false, misfit: `holds ${describe(value)}` };
    }
    const slots: number[] = [];
    for (const type of ['text', 'number', 'boolean', 'date'] as const) {
      if (!this.#equal.has(type) && !this.#tests.has(type)) continue;
      const fit = comparable(type, value);
      if (fit !== undefined) this.#slots(type, fit, slots);
    }
    return { slots, blank: false };
  }

  #slots(type: FieldType, value: Comparable, into: number[]): number[] {
    const equal = this.#equal.get(type)?.get(value);
    if (equal) for (const slot of equal) into.push(slot);
    for (const { test, slot } of this.#tests.get(type) ?? []) if (satisfies(test, value)) into.push(slot);
    return into;
  }
}

function describeMisfit(declared: FieldType, value: unknown): string {
  return declared === 'date' && typeof value === 'string'
    ? 'text that is no ISO 8601 date or instant'
    : describe(value);
}
