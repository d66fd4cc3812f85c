import { lowerBound } from '../collections/binary-search.js';
import { compareIds } from '../collections/order.js';

/** Small enough for cheap insertions, large enough for few chunks. */
const CHUNK = 512;

/**
 * Items in order of their ids' code points, one for each id. Adding or deleting an item costs a binary search and moves the items of at
 * most one chunk; adding in order costs one comparison.
 */
export class Sorted<Item> {
  /** In order; no chunk is empty. */
  readonly #chunks: Item[][] = [];
  readonly #idOf: (item: Item) => string;
  readonly #compare: (item: Item, id: string) => number;
  readonly #compareFirst: (chunk: readonly Item[], id: string) => number;

  constructor(idOf: (item: Item) => string) {
    this.#idOf = idOf;
    this.#compare = (item, id) => compareIds(idOf(item), id);
    this.#compareFirst = (chunk, id) => compareIds(idOf(chunk[0]!), id);
  }

  get empty(): boolean {
    return this.#chunks.length === 0;
  }

  /** Adds the item if its id follows all others; returns whether it does. */
  append(item: Item): boolean {
    const last = this.#chunks.at(-1);
    if (last && compareIds(this.#idOf(last.at(-1)!), this.#idOf(item)) >= 0) return false;
    if (last && last.length < CHUNK) last.push(item);
    else this.#chunks.push([item]);
    return true;
  }

  /** Adds the item, or replaces the item with the same id. */
  add(item: Item): void {
    if (this.append(item)) return;
    const chunks = this.#chunks;
    const id = this.#idOf(item);
    const c = this.#chunkOf(id);
    const chunk = chunks[c]!;
    const at = this.#search(chunk, id);
    if (this.#isAt(chunk, at, id)) chunk[at] = item;
    else {
      chunk.splice(at, 0, item);
      if (chunk.length > CHUNK) chunks.splice(c + 1, 0, chunk.splice(CHUNK / 2));
    }
  }

  /** Deletes the item with this id, if it exists. */
  delete(id: string): void {
    if (this.empty) return;
    const c = this.#chunkOf(id);
    const chunk = this.#chunks[c]!;
    const at = this.#search(chunk, id);
    if (!this.#isAt(chunk, at, id)) return;
    chunk.splice(at, 1);
    if (chunk.length === 0) this.#chunks.splice(c, 1);
  }

  /** Returns a function that returns the next items, at most `limit`, among those that follow `after` and do not follow `upTo`. */
  between(after?: string, upTo?: string): (limit: number) => Item[] {
    let c = after === undefined || this.empty ? 0 : this.#chunkOf(after);
    let at = after === undefined || this.empty ? 0 : this.#following(this.#chunks[c]!, after);
    return (limit) => {
      const taken: Item[] = [];
      while (c < this.#chunks.length && taken.length < limit) {
        const chunk = this.#chunks[c]!;
        const isLast = upTo !== undefined && compareIds(this.#idOf(chunk.at(-1)!), upTo) > 0;
        const end = isLast ? this.#following(chunk, upTo) : chunk.length;
        const next = Math.min(end, at + limit - taken.length);
        for (; at < next; at++) taken.push(chunk[at]!);
        if (at < end) break;
        c = isLast ? this.#chunks.length : c + 1;
        at = 0;
      }
      return taken;
    };
  }

  /** Returns the index of the chunk that has the id or would have it: the last one that does not begin after the id, or the first. */
  #chunkOf(id: string): number {
    const c = lowerBound(this.#chunks, id, this.#compareFirst);
    return c > 0 && (c === this.#chunks.length || this.#idOf(this.#chunks[c]![0]!) !== id) ? c - 1 : c;
  }

  /** Returns the index of the first item whose id does not precede this id. */
  #search(chunk: readonly Item[], id: string): number {
    return lowerBound(chunk, id, this.#compare);
  }

  /** Returns the index of the first item whose id follows this id. */
  #following(chunk: readonly Item[], id: string): number {
    const at = this.#search(chunk, id);
    return this.#isAt(chunk, at, id) ? at + 1 : at;
  }

  #isAt(chunk: readonly Item[], at: number, id: string): boolean {
    return at < chunk.length && this.#idOf(chunk[at]!) === id;
  }
}
