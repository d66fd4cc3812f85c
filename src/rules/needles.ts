import { NeedleTree } from './needle-tree.js';

/** Finds which of many search texts a text starts with, or ends with. It reads the text only as far as some search text matches. */
export class Affixes {
  readonly #tree = new NeedleTree();

  constructor(readonly side: 'start' | 'end') {}

  add(needle: string, slot: number): void {
    this.#tree.add(this.side === 'start' ? needle : reversed(needle), slot);
  }

  mark(text: string, into: number[]): void {
    for (let i = 0, node = 0; i < text.length; i++) {
      node = this.#tree.next(node, text.charCodeAt(this.side === 'start' ? i : text.length - 1 - i));
      if (node === 0) return;
      pushAll(into, this.#tree.ends(node));
    }
  }
}

/** Reverses a text by UTF-16 unit, because comparisons are by unit too. */
function reversed(text: string): string {
  let result = '';
  for (let i = text.length - 1; i >= 0; i--) result += text[i];
  return result;
}

/** Finds which of many search texts a text contains, in one pass over the text (Aho–Corasick). */
export class Needles {
  readonly #tree = new NeedleTree();
  #links: Links | undefined;
  #texts = 0;

  add(needle: string, slot: number): void {
    this.#tree.add(needle, slot);
    this.#links = undefined;
  }

  mark(text: string, into: number[]): void {
    if (this.#tree.size === 1) return;
    const { shorter, ending, marked } = this.#linked();
    this.#texts++;
    for (let i = 0, node = 0; i < text.length; i++) {
      node = step(this.#tree, shorter, node, text.charCodeAt(i));
      let end = this.#tree.ends(node) ? node : ending[node]!;
      for (; end !== 0 && marked[end] !== this.#texts; end = ending[end]!) {
        marked[end] = this.#texts;
        pushAll(into, this.#tree.ends(end));
      }
    }
  }

  #linked(): Links {
    // Text numbers are 32-bit.
    if (this.#texts === 2 ** 31 - 1) this.#links = undefined;
    if (!this.#links) {
      this.#links = link(this.#tree);
      this.#texts = 0;
    }
    return this.#links;
  }
}

interface Links {
  /** For each node, the node of the longest proper suffix of its text. */
  readonly shorter: Int32Array;
  /** For each node, the first node along its suffixes where a search text ends. */
  readonly ending: Int32Array;
  /** For each node, the number of the last text that reported it and all its suffixes. */
  readonly marked: Int32Array;
}

function link(tree: NeedleTree): Links {
  const shorter = new Int32Array(tree.size);
  const ending = new Int32Array(tree.size);
  for (const node of tree.byDepth().subarray(1)) {
    const parent = tree.parent(node);
    if (parent !== 0) shorter[node] = step(tree, shorter, shorter[parent]!, tree.unit(node));
    const next = shorter[node]!;
    ending[node] = tree.ends(next) ? next : ending[next]!;
  }
  return { shorter, ending, marked: new Int32Array(tree.size) };
}

/** Returns the node of the longest suffix after one more unit. */
function step(tree: NeedleTree, shorter: Int32Array, from: number, unit: number): number {
  for (let node = from; ; node = shorter[node]!) {
    const next = tree.next(node, unit);
    if (next !== 0 || node === 0) return next;
  }
}

function pushAll(into: number[], slots: readonly number[] | undefined): void {
  if (slots) for (const slot of slots) into.push(slot);
}
