import { Trie } from './trie.js';

/** Finds which of many search texts a text contains, in one pass over the text (Aho–Corasick). */
export class SubstringMatcher {
  readonly #trie = new Trie();
  #suffixes: Suffixes | undefined;
  #texts = 0;

  add(searchText: string, slot: number): void {
    this.#trie.add(searchText, slot);
    this.#suffixes = undefined;
  }

  mark(text: string, into: number[]): void {
    if (this.#trie.size === 1) return;
    const { longest, longestEnd, markedBy } = this.#currentSuffixes();
    this.#texts++;
    for (let i = 0, node = 0; i < text.length; i++) {
      node = step(this.#trie, longest, node, text.charCodeAt(i));
      let end = this.#trie.hasEnd(node) ? node : longestEnd[node]!;
      for (; end !== 0 && markedBy[end] !== this.#texts; end = longestEnd[end]!) {
        markedBy[end] = this.#texts;
        this.#trie.mark(end, into);
      }
    }
  }

  #currentSuffixes(): Suffixes {
    // Text numbers are 32-bit.
    if (this.#texts === 2 ** 31 - 1) this.#suffixes = undefined;
    if (!this.#suffixes) {
      this.#suffixes = suffixesIn(this.#trie);
      this.#texts = 0;
    }
    return this.#suffixes;
  }
}

/** For each node, where the proper suffixes of its text are in the trie; 0 if there are none. */
interface Suffixes {
  /** The node of the longest suffix (the failure link). */
  readonly longest: Int32Array;
  /** The node of the longest suffix that is a search text (the output link). */
  readonly longestEnd: Int32Array;
  /** The number of the last text that marked the node and all its suffixes. */
  readonly markedBy: Int32Array;
}

function suffixesIn(trie: Trie): Suffixes {
  const longest = new Int32Array(trie.size);
  const longestEnd = new Int32Array(trie.size);
  for (const node of trie.byDepth().subarray(1)) {
    const parent = trie.parent(node);
    if (parent !== 0) longest[node] = step(trie, longest, longest[parent]!, trie.unit(node));
    const suffix = longest[node]!;
    longestEnd[node] = trie.hasEnd(suffix) ? suffix : longestEnd[suffix]!;
  }
  return { longest, longestEnd, markedBy: new Int32Array(trie.size) };
}

/** Returns the node of the longest suffix after one more unit. */
function step(trie: Trie, longest: Int32Array, from: number, unit: number): number {
  for (let node = from; ; node = longest[node]!) {
    const next = trie.next(node, unit);
    if (next !== 0 || node === 0) return next;
  }
}
