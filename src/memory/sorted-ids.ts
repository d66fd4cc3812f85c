import { compareIds } from '../model/order.js';

/** Small enough that an insertion moves little, large enough that there are few chunks. */
const CHUNK = 512;

/**
 * Ids in order of code point, each once. Adding or deleting one costs a binary search and moves one chunk's ids at
 * most; adding in order costs one comparison.
 */
export class SortedIds {
  /** In order, and none of them empty. */
  readonly #chunks: string[][] = [];

  get empty(): boolean {
    return this.#chunks.length === 0;
  }

  /** Adds the id, unless it is there. */
  add(id: string): void {
    const chunks = this.#chunks;
    const last = chunks.at(-1);
    if (!last || compareIds(last.at(-1)!, id) < 0) {
      if (last && last.length < CHUNK) last.push(id);
      else chunks.push([id]);
      return;
    }
    const c = this.#chunkOf(id);
    const chunk = chunks[c]!;
    const at = search(chunk, id);
    if (chunk[at] === id) return;
    chunk.splice(at, 0, id);
    if (chunk.length > CHUNK) chunks.splice(c + 1, 0, chunk.splice(CHUNK / 2));
  }

  /** Deletes the id, if it is there. */
  delete(id: string): void {
    if (this.empty) return;
    const c = this.#chunkOf(id);
    const chunk = this.#chunks[c]!;
    const at = search(chunk, id);
    if (chunk[at] !== id) return;
    chunk.splice(at, 1);
    if (chunk.length === 0) this.#chunks.splice(c, 1);
  }

  /** Goes through the ids that follow `after` and do not follow `upTo`, in order. */
  *between(after?: string, upTo?: string): Generator<string, void, undefined> {
    if (this.empty) return;
    const first = after === undefined ? 0 : this.#chunkOf(after);
    for (let c = first; c < this.#chunks.length; c++) {
      const chunk = this.#chunks[c]!;
      let at = 0;
      if (after !== undefined && c === first) {
        at = search(chunk, after);
        if (chunk[at] === after) at++;
      }
      for (; at < chunk.length; at++) {
        const id = chunk[at]!;
        if (upTo !== undefined && compareIds(id, upTo) > 0) return;
        yield id;
      }
    }
  }

  /** Where the id is, or belongs: the last chunk that does not begin after it, or else the first. */
  #chunkOf(id: string): number {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (compareIds(this.#chunks[middle]![0]!, id) <= 0) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** The index of the first id that does not precede this one. */
function search(ids: readonly string[], id: string): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareIds(ids[middle]!, id) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
