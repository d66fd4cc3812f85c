import type { LearnerDiff } from '../../model/diff.js';
import type { LearnerId } from '../../model/ids.js';
import type { LearnerQuery } from '../../repositories/repositories.js';
import type { Random } from '../random.js';
import type { Counts, Faults } from './report.js';

/** What a call throws whose operation may succeed if it is run again: its connection is lost, or a lock was waited for too long. */
class Struck extends Error {
  override readonly name = 'Struck';

  constructor(
    message: string,
    readonly code: 'ECONNRESET' | '55P03',
  ) {
    super(message);
  }
}

/** Calls that wait for locks. */
const LOCKING: ReadonlySet<string> = new Set([
  ...['transaction', 'catalog.load', 'catalog.commit', 'catalog.settled', 'learners.get', 'enrolments.write'],
]);

/** The faults that await one operation: at most one of its calls throws, before its effect or after; dead, all later ones do too. */
export class Misfortune {
  /** What a call has thrown. */
  struck: Error | undefined;
  dead = false;
  readonly #counts: Counts['faults'];
  readonly #random: Random;
  readonly #second: Random;
  readonly #when: 'before' | 'after' | undefined;
  readonly #dies: boolean;
  readonly #isLockTimeout: boolean;
  readonly #slow: boolean;
  readonly #at: number;
  /** When `write` fails for one learner. */
  readonly #writeFails: 'before' | 'after' | undefined;
  readonly #walkFails: boolean;
  #rerun: boolean;
  #calls = 0;
  #unwritable: LearnerId | undefined;
  readonly #counted = new Set<keyof Faults>();

  /** `second` decides what came to the simulation later, so that stored histories still meet the same faults. */
  constructor(random: Random, second: Random, faults: Faults, counts: Counts['faults']) {
    this.#random = random;
    this.#second = second;
    this.#counts = counts;
    let dice = random.next();
    const { throwBefore, throwAfter, death, lockTimeout, failingWrite, failingWalk, rerun, slowRead } = faults;
    const kinds = [throwBefore, throwAfter, death, lockTimeout, failingWrite] as const;
    const kind = kinds.findIndex((chance) => {
      dice -= chance;
      return dice < 0;
    });
    this.#dies = kind === 2;
    this.#isLockTimeout = kind === 3;
    const when = kind === 1 || (this.#dies && !random.chance(0.5)) ? 'after' : 'before';
    this.#when = kind < 0 || kind > 3 ? undefined : when;
    // Most operations make few calls, and an edit's most interesting ones come late.
    this.#at = random.below(random.chance(0.5) ? 6 : 30);
    this.#rerun = random.chance(rerun);
    this.#slow = random.chance(slowRead);
    this.#writeFails = kind === 4 ? (second.chance(0.5) ? 'before' : 'after') : undefined;
    this.#walkFails = second.chance(failingWalk);
  }

  /** Throws where a fault strikes before this call, or after it. */
  meet(when: 'before' | 'after', method: string): void {
    if (this.dead) throw new Struck(`${method}: the process is dead`, 'ECONNRESET');
    const at = when === 'before' ? this.#calls++ : this.#calls - 1;
    // A transaction's own end comes after the calls inside it, and is met at the first chance.
    if (this.struck || when !== this.#when || at < this.#at) return;
    if (this.#isLockTimeout && !LOCKING.has(method)) return;
    this.dead = this.#dies;
    const thrown = when === 'before' ? 'throwBefore' : 'throwAfter';
    this.#counts[this.#dies ? 'death' : this.#isLockTimeout ? 'lockTimeout' : thrown]++;
    this.struck = new Struck(`${method}: ${when} its effect`, this.#isLockTimeout ? '55P03' : 'ECONNRESET');
    throw this.struck;
  }

  /** Throws if `write` fails for one of these learners. The first call chooses the learner. */
  write(when: 'before' | 'after', diffs: readonly LearnerDiff[]): void {
    if (when !== this.#writeFails || diffs.length === 0) return;
    this.#unwritable ??= this.#second.pick(diffs).learnerId;
    if (!diffs.some(({ learnerId }) => learnerId === this.#unwritable)) return;
    this.#count('failingWrite');
    throw new Error(`The host cannot write ${JSON.stringify(this.#unwritable)}.`);
  }

  /** Throws if walks that `matching` narrows fail. */
  walk({ matching }: LearnerQuery): void {
    if (!this.#walkFails || !matching) return;
    this.#count('failingWalk');
    throw new Error('The host cannot use this hint.');
  }

  /** Counts an operation to which a row was returned as unreadable. */
  unreadable(): void {
    this.#count('unreadableRow');
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

  #count(kind: 'failingWrite' | 'failingWalk' | 'unreadableRow'): void {
    if (this.#counted.has(kind)) return;
    this.#counted.add(kind);
    this.#counts[kind]++;
  }
}
