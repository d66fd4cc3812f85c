import { describe } from '../model/describe.js';
import { entry } from '../model/entry.js';
import type { FieldType, Scalar } from '../model/learner.js';
import type { Test } from './condition.js';
import { FieldTests } from './field-tests.js';
import type { Step } from './program.js';
import { type Comparable, comparable, isBlank } from './value.js';

/** What one value of a field says: which slots it marks, whether it is blank, and what is wrong with it. */
interface Verdict {
  readonly slots: readonly number[];
  readonly blank: boolean;
  readonly misfit?: string;
}

const NO_SLOTS: readonly number[] = [];
const FITS: Verdict = { slots: NO_SLOTS, blank: false };
const BLANK: Verdict = { slots: NO_SLOTS, blank: true };
/** How much all fields of a program keep of their verdicts, in numbers; beyond its share a field begins anew. */
const KEPT = 1_048_576;
const KEPT_LENGTH = 256;

/** One profile field of a program: puts each distinct value to the tests on the field once. */
export class FieldColumn {
  readonly #tests = new Map<FieldType, FieldTests>();
  readonly #added: (readonly [test: Test, slot: number])[] = [];
  readonly #verdicts = new Map<Scalar, Verdict>();
  /** Verdicts that say the same are one. */
  readonly #fitting = new Map<string, Verdict>();
  #kept = 0;
  /** The slots that its values decide. */
  readonly slots = new Set<number>();
  /** Set where a rule asks whether the field is blank. */
  blankSlot: number | undefined;

  constructor(
    readonly id: string,
    /** Undefined where the host declares no fields. */
    readonly declared: FieldType | undefined,
    /** How many fields share the memory for verdicts. */
    readonly sharing: { readonly size: number },
  ) {}

  /** Has the slot set wherever the test is satisfied. */
  add(test: Test, slot: number): void {
    this.slots.add(slot);
    this.#added.push([test, slot]);
    entry(this.#tests, test.type, () => new FieldTests()).add(test, slot);
    this.#forget();
  }

  /** A column of the same tests, to which others can be added. */
  copy(): FieldColumn {
    const copy = new FieldColumn(this.id, this.declared, this.sharing);
    for (const [test, slot] of this.#added) copy.add(test, slot);
    if (this.blankSlot !== undefined) copy.blank(this.blankSlot);
    return copy;
  }

  /** Has the slot set wherever the field is blank. */
  blank(slot: number): void {
    this.slots.add(slot);
    this.blankSlot = slot;
  }

  /** What is to be done with marks before rules use them. */
  steps(): Step[] {
    return [...this.#tests.values()].flatMap((tests) => tests.steps());
  }

  /** Says what one value, not a list, marks. */
  verdict(value: Scalar): Verdict {
    // Short, so that it is inlined where all values pass.
    return this.#verdicts.get(value) ?? this.#judged(value);
  }

  /** Judges a value, and remembers the verdict. */
  #judged(value: Scalar): Verdict {
    const verdict = this.#judge(value);
    const length = typeof value === 'string' ? value.length : 0;
    if (length > KEPT_LENGTH) return verdict;
    this.#kept += 4 + (length >> 2);
    if (this.#kept * this.sharing.size > KEPT) this.#forget();
    this.#verdicts.set(value, verdict);
    return verdict;
  }

  /** Says what is wrong with one value, not a list, whatever rules ask. Nearly always it is seen at once that nothing is; a date has to be read. */
  misfit(value: Scalar): string | undefined {
    const isFit =
      (this.declared === 'text' && typeof value === 'string') ||
      (this.declared === 'number' && Number.isFinite(value)) ||
      (this.declared === 'boolean' && typeof value === 'boolean');
    return isFit ? undefined : this.verdict(value).misfit;
  }

  #forget(): void {
    this.#verdicts.clear();
    this.#fitting.clear();
    this.#kept = 0;
  }

  #judge(value: Scalar): Verdict {
    if (isBlank(value)) return BLANK;
    if (this.declared) {
      const fit = comparable(this.declared, value);
      if (fit !== undefined) return this.#marking([[this.declared, fit]]);
      return {
        slots: NO_SLOTS,
        blank: false,
        misfit: `is declared as ${this.declared} but holds ${describeMisfit(this.declared, value)}`,
      };
    }
    const type = typeof value;
    if (type === 'object' || type === 'function' || type === 'symbol' || type === 'bigint' || Number.isNaN(value)) {
      return { slots: NO_SLOTS, blank: false, misfit: `holds ${describe(value)}` };
    }
    const fits = [...this.#tests.keys()].map((type) => [type, comparable(type, value)] as const);
    return this.#marking(fits);
  }

  #marking(fits: readonly (readonly [FieldType, Comparable | undefined])[]): Verdict {
    const slots: number[] = [];
    for (const [type, fit] of fits) if (fit !== undefined) this.#tests.get(type)?.mark(fit, slots);
    if (slots.length === 0) return FITS;
    return entry(this.#fitting, slots.join(), () => {
      this.#kept += 2 * slots.length;
      return { slots, blank: false };
    });
  }
}

function describeMisfit(declared: FieldType, value: unknown): string {
  return declared === 'date' && typeof value === 'string'
    ? 'text that is not an ISO 8601 date or instant'
    : describe(value);
}
