/** Memory for bitmaps that is used again and again: what was taken is good until the next is taken. */
export class Scratch {
  #buffer = new Int32Array(0);

  /** Takes this many words, all zero. */
  take(words: number): Int32Array {
    if (this.#buffer.length < words) this.#buffer = new Int32Array(words);
    return this.#buffer.subarray(0, words).fill(0);
  }
}
