/** A reusable buffer. What one call returns is valid until the next call. */
export class Scratch {
  #buffer = new Int32Array(0);

  /** Returns at least this many numbers, with their previous contents. */
  take(length: number): Int32Array {
    if (this.#buffer.length < length) this.#buffer = new Int32Array(Math.max(length, 2 * this.#buffer.length));
    return this.#buffer;
  }

  /** Returns at least this many numbers, which begin with the numbers returned last. */
  extend(length: number): Int32Array {
    const taken = this.#buffer;
    const longer = this.take(length);
    if (longer !== taken) longer.set(taken);
    return longer;
  }

  /** Returns at least this many numbers and sets this many of them to zero. */
  clear(length: number): Int32Array {
    return this.take(length).fill(0, 0, length);
  }
}
