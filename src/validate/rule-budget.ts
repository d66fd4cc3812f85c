import type { Operator } from '../model/rule.js';
import { isSearch, RULE_SEARCH_TEXT, RULE_SEARCHES_TOO_MUCH } from '../text/search-text-limits.js';
import type { Issues } from './issues.js';
import type { Place } from './place.js';
import { PART_SIZE, RULE_CONDITIONS, RULE_TEXT } from './size-limits.js';

/** The size of a rule, or of several together. */
export interface RuleSize {
  /** The approximate length as JSON. */
  readonly written: number;
  /** How many characters `contains`, `startsWith` and `endsWith` have. */
  readonly searched: number;
}

/** Limits how much of one rule is read, so that shared or cyclic objects cannot multiply its size, and long texts cannot slow matching down. */
export class RuleBudget {
  #conditions = RULE_CONDITIONS;
  #characters = 0;
  #searched = 0;
  #parts = 0;
  #stopped = false;

  /** `strict` is false for stored rules: those are read whatever text they have; otherwise no edit could shorten them. */
  constructor(readonly strict: boolean) {}

  /** Whether reading has stopped. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** The size of what has been read. */
  get size(): RuleSize {
    return { written: this.#parts * PART_SIZE + this.#characters, searched: this.#searched };
  }

  /** Counts one more part of the rule. */
  part(): void {
    this.#parts++;
  }

  /** Stops reading. */
  stop(): void {
    this.#stopped = true;
  }

  /** Spends the budget on conditions; returns whether it was enough. */
  spend(conditions: number): boolean {
    this.#conditions -= conditions;
    if (this.#conditions < 0) this.#stopped = true;
    return !this.#stopped;
  }

  /** Spends the budget on an id or, with an operator, on a value; returns whether it was enough. */
  read(text: string, op?: Operator): boolean {
    this.#parts++;
    this.#characters += text.length;
    if (isSearch(op)) this.#searched += text.length;
    if (this.#isTooLong || this.#searchesTooMuch) this.#stopped = true;
    return !this.#stopped;
  }

  /** Adds an issue for each limit that was exceeded. */
  report(place: Place | undefined, issues: Issues): void {
    if (this.#conditions < 0) {
      const limit = RULE_CONDITIONS.toLocaleString('en-GB');
      issues.add('too_wide', place, `a rule has at most ${limit} conditions, each value of "in" counting as one`);
    }
    if (this.#isTooLong) {
      const limit = RULE_TEXT.toLocaleString('en-GB');
      issues.add('too_long', place, `a rule has at most ${limit} characters of ids and values: use several segments`);
    }
    if (this.#searchesTooMuch) issues.add('too_long', place, RULE_SEARCHES_TOO_MUCH);
  }

  get #isTooLong(): boolean {
    return this.strict && this.#characters > RULE_TEXT;
  }

  get #searchesTooMuch(): boolean {
    return this.strict && this.#searched > RULE_SEARCH_TEXT;
  }
}
