/** Tables are at most half full. */
const SMALLEST_TABLE = 64;

/**
 * A trie of search texts: a node for each prefix, with the slots of the texts that end there. It is stored in typed arrays, because objects
 * and maps cannot hold the millions of nodes of long texts.
 */
export class Trie {
  /** The number of nodes. The root is 0, and each node comes after its parent. */
  size = 1;
  #parents = new Int32Array(SMALLEST_TABLE / 2);
  #units = new Uint16Array(SMALLEST_TABLE / 2);
  /** Children by parent and unit: a hash table of nodes with open addressing; 0 is an empty entry. */
  #table = new Int32Array(SMALLEST_TABLE);
  readonly #ends = new Map<number, number[]>();

  add(searchText: string, slot: number): void {
    let node = 0;
    for (let i = 0; i < searchText.length; i++) node = this.#grow(node, searchText.charCodeAt(i));
    const ends = this.#ends.get(node);
    if (ends) ends.push(slot);
    else this.#ends.set(node, [slot]);
  }

  /** Returns the child of a node for a unit, or the root if no search text continues like this. */
  next(node: number, unit: number): number {
    const table = this.#table;
    const mask = table.length - 1;
    for (let at = hash(node, unit) & mask; ; at = (at + 1) & mask) {
      const found = table[at]!;
      if (found === 0 || (this.#parents[found] === node && this.#units[found] === unit)) return found;
    }
  }

  /** Returns whether a search text ends at a node. */
  hasEnd(node: number): boolean {
    return this.#ends.has(node);
  }

  /** Adds the slots of the search texts that end at a node. */
  mark(node: number, into: number[]): void {
    const slots = this.#ends.get(node);
    if (slots) for (const slot of slots) into.push(slot);
  }

  parent(node: number): number {
    return this.#parents[node]!;
  }

  unit(node: number): number {
    return this.#units[node]!;
  }

  /** Returns the nodes by their distance from the root, nearest first. */
  byDepth(): Int32Array {
    const depths = new Int32Array(this.size);
    let deepest = 0;
    for (let node = 1; node < this.size; node++) {
      depths[node] = depths[this.#parents[node]!]! + 1;
      deepest = Math.max(deepest, depths[node]!);
    }
    const starts = new Int32Array(deepest + 2);
    for (let node = 0; node < this.size; node++) starts[depths[node]! + 1]!++;
    for (let depth = 1; depth < starts.length; depth++) starts[depth]! += starts[depth - 1]!;
    const nodes = new Int32Array(this.size);
    for (let node = 0; node < this.size; node++) nodes[starts[depths[node]!]!++] = node;
    return nodes;
  }

  #grow(parent: number, unit: number): number {
    const found = this.next(parent, unit);
    if (found !== 0) return found;
    if (this.size === this.#parents.length) this.#enlarge();
    const node = this.size++;
    this.#parents[node] = parent;
    this.#units[node] = unit;
    this.#put(node);
    return node;
  }

  #put(node: number): void {
    const mask = this.#table.length - 1;
    let at = hash(this.#parents[node]!, this.#units[node]!) & mask;
    while (this.#table[at] !== 0) at = (at + 1) & mask;
    this.#table[at] = node;
  }

  #enlarge(): void {
    const [parents, units] = [this.#parents, this.#units];
    this.#parents = new Int32Array(2 * parents.length);
    this.#parents.set(parents);
    this.#units = new Uint16Array(2 * units.length);
    this.#units.set(units);
    this.#table = new Int32Array(2 * this.#table.length);
    for (let node = 1; node < this.size; node++) this.#put(node);
  }
}

/** Spreads the children of neighbouring nodes over the table. */
function hash(node: number, unit: number): number {
  const mixed = Math.imul(node, 0x9e3779b1) ^ Math.imul(unit + 1, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
