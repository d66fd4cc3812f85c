import { getOrCreate } from '../collections/get-or-create.js';
import type { FieldType, Scalar } from '../model/learner.js';
import { describe } from '../text/describe.js';
import type { Test } from './condition.js';
import { FieldTests } from './field-tests.js';
import type { Step } from './step.js';
import { type Comparable, comparable, isBlank } from './value.js';

/** The result of one value of a field: the slots it sets, whether it is blank, and why it does not fit. */
interface TestResult {
  readonly slots: readonly number[];
  readonly blank: boolean;
  readonly misfit?: string;
}

const NO_SLOTS: readonly number[] = [];
const FITS: TestResult = { slots: NO_SLOTS, blank: false };
const BLANK: TestResult = { slots: NO_SLOTS, blank: true };
/** How many numbers all fields of a program keep in their cached results. A field that exceeds its share clears its cache. */
const KEPT = 1_048_576;
const KEPT_LENGTH = 256;

/** One profile field of a program: tests each distinct value of the field once. */
export class FieldColumn {
  readonly #tests = new Map<FieldType, FieldTests>();
  readonly #added: (readonly [test: Test, slot: number])[] = [];
  readonly #results = new Map<Scalar, TestResult>();
  /** Equal results share one object. */
  readonly #fitting = new Map<string, TestResult>();
  #kept = 0;
  /** The slots that values of this field decide. */
  readonly slots = new Set<number>();
  /** The slot of the `blank` condition, if a rule has one. */
  blankSlot: number | undefined;

  constructor(
    readonly id: string,
    /** Undefined if the host declares no fields. */
    readonly declared: FieldType | undefined,
    /** How many fields share the memory for results. */
    readonly sharing: { readonly size: number },
  ) {}

  /** Adds a test whose slot is set for every row that satisfies it. */
  add(test: Test, slot: number): void {
    this.slots.add(slot);
    this.#added.push([test, slot]);
    getOrCreate(this.#tests, test.type, () => new FieldTests()).add(test, slot);
    this.#forget();
  }

  /** Returns a column with the same tests; others can be added to it. */
  copy(): FieldColumn {
    const copy = new FieldColumn(this.id, this.declared, this.sharing);
    for (const [test, slot] of this.#added) copy.add(test, slot);
    if (this.blankSlot !== undefined) copy.blank(this.blankSlot);
    return copy;
  }

  /** Sets the slot for every row in which the field is blank. */
  blank(slot: number): void {
    this.slots.add(slot);
    this.blankSlot = slot;
  }

  /** Returns the steps that complete the slots of this field before rules use them. */
  steps(): Step[] {
    return [...this.#tests.values()].flatMap((tests) => tests.steps());
  }

  /** Returns the result of one value that is not a list. */
  resultOf(value: Scalar): TestResult {
    // Short, so that V8 inlines it into the loop over all values.
    return this.#results.get(value) ?? this.#testAndCache(value);
  }

  /** Tests a value and caches the result. */
  #testAndCache(value: Scalar): TestResult {
    const result = this.#test(value);
    const length = typeof value === 'string' ? value.length : 0;
    if (length > KEPT_LENGTH) return result;
    this.#kept += 4 + (length >> 2);
    if (this.#kept * this.sharing.size > KEPT) this.#forget();
    this.#results.set(value, result);
    return result;
  }

  /** Returns why one value that is not a list does not fit the declared type, whatever rules ask. Dates are parsed; other types are fast to check. */
  misfit(value: Scalar): string | undefined {
    const isFit =
      (this.declared === 'text' && typeof value === 'string') ||
      (this.declared === 'number' && Number.isFinite(value)) ||
      (this.declared === 'boolean' && typeof value === 'boolean');
    return isFit ? undefined : this.resultOf(value).misfit;
  }

  #forget(): void {
    this.#results.clear();
    this.#fitting.clear();
    this.#kept = 0;
  }

  #test(value: Scalar): TestResult {
    if (isBlank(value)) return BLANK;
    if (this.declared) {
      const fit = comparable(this.declared, value);
      if (fit !== undefined) return this.#satisfied([[this.declared, fit]]);
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
    return this.#satisfied(fits);
  }

  #satisfied(fits: readonly (readonly [FieldType, Comparable | undefined])[]): TestResult {
    const slots: number[] = [];
    for (const [type, fit] of fits) if (fit !== undefined) this.#tests.get(type)?.mark(fit, slots);
    if (slots.length === 0) return FITS;
    return getOrCreate(this.#fitting, slots.join(), () => {
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
