import type { Random } from '../random.js';
import type { Counts, Faults } from './report.js';

/** What a repository throws that has been struck by a fault: its connection is lost. */
class Struck extends Error {
  override readonly name = 'Struck';
  readonly code = 'ECONNRESET';
}

/** The faults that await one operation: at most one of its calls throws, before its effect or after; dead, all later ones do too. */
export class Misfortune {
  /** Whether a call has thrown. */
  struck = false;
  dead = false;
  readonly #counts: Counts['faults'];
  readonly #random: Random;
  readonly #when: 'before' | 'after' | undefined;
  readonly #dies: boolean;
  readonly #slow: boolean;
  readonly #at: number;
  #rerun: boolean;
  #calls = 0;

  constructor(random: Random, faults: Faults, counts: Counts['faults']) {
    this.#random = random;
    this.#counts = counts;
    const kind = random.next();
    const { throwBefore, throwAfter, death, rerun, slowRead } = faults;
    this.#dies = kind >= throwBefore + throwAfter && kind < throwBefore + throwAfter + death;
    const before = this.#dies ? random.chance(0.5) : kind < throwBefore;
    this.#when = kind >= throwBefore + throwAfter + death ? undefined : before ? 'before' : 'after';
    // Most operations make few calls, and an edit's most interesting ones come late.
    this.#at = random.below(random.chance(0.5) ? 6 : 30);
    this.#rerun = random.chance(rerun);
    this.#slow = random.chance(slowRead);
  }

  /** Throws where a fault strikes before this call, or after it. */
  meet(when: 'before' | 'after', method: string): void {
    if (this.dead) throw new Struck(`${method}: the process is dead`);
    const at = when === 'before' ? this.#calls++ : this.#calls - 1;
    // A transaction's own end comes after the calls inside it, and is met at the first chance.
    if (this.struck || when !== this.#when || at < this.#at) return;
    this.struck = true;
    this.dead = this.#dies;
    this.#counts[this.#dies ? 'death' : when === 'before' ? 'throwBefore' : 'throwAfter']++;
    throw new Struck(`${method}: ${when} its effect`);
  }

  /** Whether this transaction is to be undone once, and run again. */
  rerun(): boolean {
    if (!this.#rerun) return false;
    this.#rerun = false;
    this.#counts.rerun++;
    return true;
  }

  /** How many turns a call's answer takes. */
  slow(method: string): number {
    if (!this.#slow || !/load|get|page|read|holders/.test(method)) return 0;
    this.#counts.slowRead++;
    return 1 + this.#random.below(12);
  }
}
