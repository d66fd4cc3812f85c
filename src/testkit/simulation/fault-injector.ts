import type { LearnerDiff } from '../../model/diff.js';
import type { LearnerId } from '../../model/ids.js';
import type { LearnerQuery } from '../../repositories/repositories.js';
import type { Random } from '../random.js';
import type { Counts, Faults } from './report.js';

/** A retryable error that the simulation throws: a lost connection, or a lock wait timeout. */
class InjectedFault extends Error {
  override readonly name = 'InjectedFault';

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

/**
 * The faults injected into one operation. At most one of its calls throws, before or after its effect. If the process is dead, all
 * later calls throw too.
 */
export class FaultInjector {
  /** The error that a call threw. */
  thrown: Error | undefined;
  isDead = false;
  readonly #counts: Counts['faults'];
  readonly #random: Random;
  readonly #laterKinds: Random;
  readonly #when: 'before' | 'after' | undefined;
  readonly #dies: boolean;
  readonly #isLockTimeout: boolean;
  readonly #slow: boolean;
  readonly #at: number;
  /** Whether `write` fails for one learner, and when. */
  readonly #failingWrite: 'before' | 'after' | undefined;
  readonly #walkFails: boolean;
  #rerun: boolean;
  #calls = 0;
  #unwritable: LearnerId | undefined;
  readonly #counted = new Set<keyof Faults>();

  /** `laterKinds` decides the kinds of faults that were added later, so that stored histories still have the same faults. */
  constructor(random: Random, laterKinds: Random, faults: Faults, counts: Counts['faults']) {
    this.#random = random;
    this.#laterKinds = laterKinds;
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
    // Most operations make few calls, and the most interesting calls of an edit come late.
    this.#at = random.below(random.chance(0.5) ? 6 : 30);
    this.#rerun = random.chance(rerun);
    this.#slow = random.chance(slowRead);
    this.#failingWrite = kind === 4 ? (laterKinds.chance(0.5) ? 'before' : 'after') : undefined;
    this.#walkFails = laterKinds.chance(failingWalk);
  }

  /** Throws if a fault is due before or after this call. */
  throwIfDue(when: 'before' | 'after', method: string): void {
    if (this.isDead) throw new InjectedFault(`${method}: the simulated process is dead`, 'ECONNRESET');
    const at = when === 'before' ? this.#calls++ : this.#calls - 1;
    // A transaction ends after the calls inside it, so its own fault strikes at the first opportunity.
    if (this.thrown || when !== this.#when || at < this.#at) return;
    if (this.#isLockTimeout && !LOCKING.has(method)) return;
    this.isDead = this.#dies;
    const thrown = when === 'before' ? 'throwBefore' : 'throwAfter';
    this.#counts[this.#dies ? 'death' : this.#isLockTimeout ? 'lockTimeout' : thrown]++;
    this.thrown = new InjectedFault(
      `${method}: simulated fault ${when} its effect`,
      this.#isLockTimeout ? '55P03' : 'ECONNRESET',
    );
    throw this.thrown;
  }

  /** Throws if `write` fails for one of these learners. The first call chooses the learner. */
  throwIfWriteFails(when: 'before' | 'after', diffs: readonly LearnerDiff[]): void {
    if (when !== this.#failingWrite || diffs.length === 0) return;
    this.#unwritable ??= this.#laterKinds.pick(diffs).learnerId;
    if (!diffs.some(({ learnerId }) => learnerId === this.#unwritable)) return;
    this.#count('failingWrite');
    throw new Error(`The host cannot write ${JSON.stringify(this.#unwritable)}.`);
  }

  /** Throws if this walk uses `matching` and such walks fail. */
  throwIfWalkFails({ matching }: LearnerQuery): void {
    if (!this.#walkFails || !matching) return;
    this.#count('failingWalk');
    throw new Error('The host cannot use this hint.');
  }

  /** Counts an operation that read an unreadable row. */
  countUnreadable(): void {
    this.#count('unreadableRow');
  }

  /** Whether to roll this transaction back once and run it again. */
  shouldRerun(): boolean {
    if (!this.#rerun) return false;
    this.#rerun = false;
    this.#counts.rerun++;
    return true;
  }

  /** For how many turns the result of a call is delayed. */
  delayOf(method: string): number {
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
