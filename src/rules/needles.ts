import { NeedleTree } from './needle-tree.js';

/** Which of many search texts a text starts with, or ends with: as much of the text is read as some search text spells. */
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

/** By UTF-16 unit: what is compared is units too. */
function reversed(text: string): string {
  let turned = '';
  for (let i = text.length - 1; i >= 0; i--) turned += text[i];
  return turned;
}

/** Which of many search texts a text contains, in one pass over the text however many there are (Aho and Corasick). */
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
    // The numbers of texts are kept in 32 bits.
    if (this.#texts === 2 ** 31 - 1) this.#links = undefined;
    if (!this.#links) {
      this.#links = link(this.#tree);
      this.#texts = 0;
    }
    return this.#links;
  }
}

interface Links {
  /** For each node the longest other node that its text ends with. */
  readonly shorter: Int32Array;
  /** For each node the nearest of those where a search text ends. */
  readonly ending: Int32Array;
  /** For each node the last text that marked it and all shorter ones. */
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

/** The longest node that the text ends with, one unit further. */
function step(tree: NeedleTree, shorter: Int32Array, from: number, unit: number): number {
  for (let node = from; ; node = shorter[node]!) {
    const next = tree.next(node, unit);
    if (next !== 0 || node === 0) return next;
  }
}

function pushAll(into: number[], slots: readonly number[] | undefined): void {
  if (slots) for (const slot of slots) into.push(slot);
}
