import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';
import type { LearnerDiff } from '../model/diff.js';
import type { Fingerprint } from '../model/ids.js';

const MODULUS = 1n << 256n;

/** Hashes a JSON value, its keys in the order in which our own code writes them. JSON escapes what UTF-8 cannot say. */
export function hashOf(value: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(value))));
}

/**
 * Fingerprints a subject and the diffs it leads to, as these come. Their hashes are added up, so that neither the store's order
 * nor the size of batches shows.
 */
export class Fingerprinter {
  #sum = 0n;

  constructor(readonly subject: readonly unknown[]) {}

  add(diffs: readonly LearnerDiff[]): void {
    for (const diff of diffs) this.#sum = (this.#sum + BigInt(`0x${hashOf(diff)}`)) % MODULUS;
  }

  /** The fingerprint of everything added so far. */
  finish(): Fingerprint {
    return `${hashOf([...this.subject, this.#sum.toString(16)])}`;
  }
}
