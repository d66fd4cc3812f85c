import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';
import type { LearnerDiff } from '../../model/diff.js';
import type { Fingerprint } from '../../model/ids.js';

const MODULUS = 1n << 256n;

/** Hashes a JSON value, with its keys in the order in which our own code writes them. JSON escapes what UTF-8 cannot encode. */
export function hashOf(value: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(value))));
}

/**
 * Fingerprints a subject and its diffs, batch by batch. The hashes are added up, so that the store's order and the size of batches make
 * no difference.
 */
export class Fingerprinter {
  #sum = 0n;

  constructor(readonly subject: readonly unknown[]) {}

  add(diffs: readonly LearnerDiff[]): void {
    for (const diff of diffs) this.#sum = (this.#sum + BigInt(`0x${hashOf(diff)}`)) % MODULUS;
  }

  /** Returns the fingerprint of everything added so far. */
  finish(): Fingerprint {
    return `${hashOf([...this.subject, this.#sum.toString(16)])}`;
  }
}
