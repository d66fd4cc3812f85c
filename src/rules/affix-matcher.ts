import { Trie } from './trie.js';

/** Finds which of many search texts are a prefix, or a suffix, of a text. It stops at the first character that no search text continues with. */
export class AffixMatcher {
  readonly #trie = new Trie();

  constructor(readonly kind: 'prefix' | 'suffix') {}

  add(searchText: string, slot: number): void {
    this.#trie.add(this.kind === 'prefix' ? searchText : reversed(searchText), slot);
  }

  mark(text: string, into: number[]): void {
    for (let i = 0, node = 0; i < text.length; i++) {
      node = this.#trie.next(node, text.charCodeAt(this.kind === 'prefix' ? i : text.length - 1 - i));
      if (node === 0) return;
      this.#trie.mark(node, into);
    }
  }
}

/** Reverses a text by UTF-16 unit, because comparisons are by unit too. */
function reversed(text: string): string {
  let result = '';
  for (let i = text.length - 1; i >= 0; i--) result += text[i];
  return result;
}
