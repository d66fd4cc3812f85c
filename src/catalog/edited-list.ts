/** An item and its index in the draft; no item if it was deleted. */
interface Entry<Item> {
  readonly index: number;
  readonly item: Item | undefined;
}

/**
 * A list that edits change, by id, over immer's draft of it. A deleted item leaves a gap in the draft, so that the indexes of other items
 * stay the same. Immer drafts a Map only after a call that changes immer for the host as well, and an object would sort ids such as "7".
 */
export class EditedList<Item extends { readonly id: string }> {
  readonly #before: ReadonlyMap<string, Entry<Item>>;
  readonly #changed = new Map<string, Entry<Item>>();
  readonly #draft: (Item | undefined)[];

  constructor(before: readonly Item[], draft: (Item | undefined)[]) {
    this.#before = new Map(before.map((item, index) => [item.id, { index, item }]));
    this.#draft = draft;
  }

  /** Returns the item as it was before all edits. */
  before(id: string): Item | undefined {
    return this.#before.get(id)?.item;
  }

  /** Returns the item as it is after the edits so far. */
  get(id: string): Item | undefined {
    return this.#entry(id)?.item;
  }

  /** Replaces the item with this id; adds it to the end if there is none. */
  set(item: Item): void {
    const entry = this.#entry(item.id);
    this.#write(item.id, { index: entry?.item ? entry.index : this.#draft.length, item });
  }

  /** Deletes the item; returns whether there was one. */
  delete(id: string): boolean {
    const entry = this.#entry(id);
    if (!entry?.item) return false;
    this.#write(id, { index: entry.index, item: undefined });
    return true;
  }

  #entry(id: string): Entry<Item> | undefined {
    return this.#changed.get(id) ?? this.#before.get(id);
  }

  #write(id: string, entry: Entry<Item>): void {
    this.#changed.set(id, entry);
    this.#draft[entry.index] = entry.item;
  }
}
