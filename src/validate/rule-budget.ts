import type { Operator } from '../model/rule.js';
import { isSearch, RULE_SEARCH_TEXT, RULE_SEARCHES_TOO_MUCH } from '../model/search-text.js';
import type { Issues } from './issues.js';
import { PART_SIZE, RULE_CONDITIONS, RULE_TEXT } from './limits.js';
import type { Place } from './place.js';

/** How large a rule is, or several are together. */
export interface RuleSize {
  /** About how long it is as JSON. */
  readonly written: number;
  /** How many characters its `contains`, `startsWith` and `endsWith` search for. */
  readonly searched: number;
}

/** What is left to read of one rule, so that shared or cyclic objects cannot make it explode, nor long texts slow to match. */
export class RuleBudget {
  #conditions = RULE_CONDITIONS;
  #characters = 0;
  #searched = 0;
  #parts = 0;
  #stopped = false;

  /** `strict` is false for rules that are stored already: those are read whatever text they hold, or no edit could shorten them. */
  constructor(readonly strict: boolean) {}

  /** Whether nothing more may be read. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** The size of what was read. */
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

  /** Spends on conditions; returns whether there was enough left. */
  spend(conditions: number): boolean {
    this.#conditions -= conditions;
    if (this.#conditions < 0) this.#stopped = true;
    return !this.#stopped;
  }

  /** Spends on an id or, of an operator, a value; returns whether there was enough left. */
  read(text: string, op?: Operator): boolean {
    this.#parts++;
    this.#characters += text.length;
    if (isSearch(op)) this.#searched += text.length;
    if (this.#isTooLong || this.#searchesTooMuch) this.#stopped = true;
    return !this.#stopped;
  }

  /** Adds what there was too much of. */
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
