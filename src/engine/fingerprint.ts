import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';
import type { Fingerprint } from '../model/ids.js';

/** Hashes JSON values as they come, a line each; keys in the order in which our own code writes them. */
export class Fingerprinter {
  readonly #hash = sha256.create();

  /** JSON escapes what UTF-8 cannot say, so no two ids look alike. */
  add(values: readonly unknown[]): this {
    for (const value of values) this.#hash.update(utf8ToBytes(`${JSON.stringify(value)}\n`));
    return this;
  }

  /** The fingerprint of everything added; nothing can be added after it. */
  finish(): Fingerprint {
    return bytesToHex(this.#hash.digest());
  }
}
