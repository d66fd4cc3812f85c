/** Memory that is used again and again: what was taken is good until the next is taken. */
export class Scratch {
  #buffer = new Int32Array(0);

  /** Takes at least this many numbers, as they were left. */
  take(length: number): Int32Array {
    if (this.#buffer.length < length) this.#buffer = new Int32Array(Math.max(length, 2 * this.#buffer.length));
    return this.#buffer;
  }

  /** Takes at least this many numbers, and keeps those taken before in them. */
  extend(length: number): Int32Array {
    const taken = this.#buffer;
    const longer = this.take(length);
    if (longer !== taken) longer.set(taken);
    return longer;
  }

  /** Takes at least this many numbers, and makes so many of them zero. */
  clear(length: number): Int32Array {
    return this.take(length).fill(0, 0, length);
  }
}
