/** Needles spelt out as a tree, a node for each beginning of one, with what is to be marked where one ends. */
class Tree {
  readonly #next = new Map<number, number>();
  readonly #ends: number[][] = [[]];
  readonly parents: number[] = [0];
  readonly units: number[] = [0];
  readonly depths: number[] = [0];

  add(needle: string, slot: number): void {
    let node = 0;
    for (let i = 0; i < needle.length; i++) node = this.#grow(node, needle.charCodeAt(i));
    this.#ends[node]!.push(slot);
  }

  #grow(node: number, unit: number): number {
    let next = this.next(node, unit);
    if (next === 0) {
      next = this.#ends.push([]) - 1;
      this.#next.set(node * 0x1_0000 + unit, next);
      this.parents.push(node);
      this.units.push(unit);
      this.depths.push(this.depths[node]! + 1);
    }
    return next;
  }

  /** The node one unit on, or the root, 0, where no needle goes on so. */
  next(node: number, unit: number): number {
    return this.#next.get(node * 0x1_0000 + unit) ?? 0;
  }

  /** What the needles that end here mark. */
  ends(node: number): readonly number[] {
    return this.#ends[node]!;
  }
}

/** Which of many needles a text starts with, or ends with: as much of the text is read as some needle spells. */
export class Affixes {
  readonly #tree = new Tree();

  constructor(readonly side: 'start' | 'end') {}

  add(needle: string, slot: number): void {
    this.#tree.add(this.side === 'start' ? needle : reversed(needle), slot);
  }

  mark(text: string, into: number[]): void {
    for (let i = 0, node = 0; i < text.length; i++) {
      node = this.#tree.next(node, text.charCodeAt(this.side === 'start' ? i : text.length - 1 - i));
      if (node === 0) return;
      into.push(...this.#tree.ends(node));
    }
  }
}

/** By UTF-16 unit: what is compared is units too. */
function reversed(text: string): string {
  let turned = '';
  for (let i = text.length - 1; i >= 0; i--) turned += text[i];
  return turned;
}

/** Which of many needles a text contains, in one pass over the text however many there are (Aho and Corasick). */
export class Needles {
  readonly #tree = new Tree();
  /** For each node the longest other node that its text ends with, and the nearest of those where a needle ends. */
  #shorter: number[] | undefined;
  #ending: number[] = [];
  /** For each node the last text that marked it and all shorter ones. */
  #marked: number[] = [];
  #texts = 0;

  add(needle: string, slot: number): void {
    this.#tree.add(needle, slot);
    this.#shorter = undefined;
  }

  mark(text: string, into: number[]): void {
    const shorter = this.#shorter ?? this.#link();
    this.#texts++;
    for (let i = 0, node = 0; i < text.length; i++) {
      node = this.#step(node, text.charCodeAt(i), shorter);
      let end = this.#tree.ends(node).length > 0 ? node : this.#ending[node]!;
      for (; end !== 0 && this.#marked[end] !== this.#texts; end = this.#ending[end]!) {
        this.#marked[end] = this.#texts;
        into.push(...this.#tree.ends(end));
      }
    }
  }

  /** The longest node that the text ends with, one unit on. */
  #step(from: number, unit: number, shorter: readonly number[]): number {
    for (let node = from; ; node = shorter[node]!) {
      const next = this.#tree.next(node, unit);
      if (next !== 0 || node === 0) return next;
    }
  }

  #link(): readonly number[] {
    const { parents, units, depths } = this.#tree;
    const shorter: number[] = parents.map(() => 0);
    this.#ending = parents.map(() => 0);
    this.#marked = parents.map(() => 0);
    this.#texts = 0;
    const byDepth = [...parents.keys()].sort((a, b) => depths[a]! - depths[b]!);
    for (const node of byDepth) {
      if (depths[node]! > 1) shorter[node] = this.#step(shorter[parents[node]!]!, units[node]!, shorter);
      const next = shorter[node]!;
      this.#ending[node] = this.#tree.ends(next).length > 0 ? next : this.#ending[next]!;
    }
    this.#shorter = shorter;
    return shorter;
  }
}
