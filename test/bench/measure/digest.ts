import type { Assignment, LearnerDiff } from '../../../src/core.js';
import { learnerIndex } from '../workload/learners.js';

const LINKS = 10_007;
const BASE = 94_906_249;
const PRIME = 2_147_483_647;

/** A digest of a diff: how many pairs of learner and link start and end, and a sum over them that does not depend on the order. */
export class Digest {
  assigned = 0;
  released = 0;
  #sum = 0;

  add(learnerId: string, assigned: readonly Assignment[], released: readonly Assignment[]): void {
    const learner = learnerIndex(learnerId);
    this.addIndexed(learner, assigned.map(linkIndex), released.map(linkIndex));
  }

  addIndexed(learner: number, assigned: readonly number[], released: readonly number[]): void {
    for (const link of assigned) this.#sum = (this.#sum + term(learner, link)) % PRIME;
    for (const link of released) this.#sum = (this.#sum + 2 * term(learner, link)) % PRIME;
    this.assigned += assigned.length;
    this.released += released.length;
  }

  addDiffs(diffs: readonly LearnerDiff[]): void {
    for (const { learnerId, assigned, released } of diffs) this.add(learnerId, assigned, released);
  }

  /** Pairs that start (1) and end (-1). */
  addPairs(
    pairs: readonly (readonly [pair: readonly [learnerId: string, linkId: string], multiplicity: number])[],
  ): void {
    for (const [[learnerId, linkId], multiplicity] of pairs) {
      const one = [{ courseId: '', linkId, segmentId: 's' }];
      this.add(learnerId, multiplicity > 0 ? one : [], multiplicity > 0 ? [] : one);
    }
  }

  toString(): string {
    return `${this.assigned} assigned, ${this.released} released, hash ${this.#sum}`;
  }
}

/** The index in a link's id. */
export function linkIndex({ linkId }: { readonly linkId: string }): number {
  return Number(linkId.slice('link-'.length));
}

/** Mixes a pair so that exchanging links between two learners changes the sum; every product is exact. */
function term(learner: number, link: number): number {
  const mixed = (learner * LINKS + link) % BASE;
  return (mixed * mixed) % PRIME;
}

/** The same in SQL, over the indexes. */
export function termInSql(learner: string, link: string): string {
  const mixed = `((${learner} * ${LINKS} + ${link}) % ${BASE})`;
  return `((${mixed} * ${mixed}) % ${PRIME})`;
}

/** The digest of a table of pairs, all of them assigned. */
export function digestText(count: number, sum: bigint): string {
  return `${count} assigned, 0 released, hash ${sum % BigInt(PRIME)}`;
}

/** Stops the run if a contender has another result than the core. */
export function mustAgree(task: string, name: string, found: string, expected: string): void {
  if (found !== expected) throw new Error(`${task}: ${name} found ${found}, but the core found ${expected}.`);
}
