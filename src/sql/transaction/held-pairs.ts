/** What a learner holds, as it is stored: the numbers of pairs, in the order of the pairs, separated by commas. */
export type HeldPairs = string;

const COMMA = 44;
const ZERO = 48;
const NOTHING: ReadonlySet<number> = new Set();

/** Iterates over the numbers of a list, which is faster than creating an array of them. */
export class PairNumberReader {
  readonly #held: HeldPairs;
  /** The current number, and where it begins and ends. */
  number = 0;
  start = 0;
  end = -1;

  constructor(held: HeldPairs) {
    this.#held = held;
  }

  /** Moves to the next number; returns false if there is none. */
  next(): boolean {
    const held = this.#held;
    if (this.end + 1 >= held.length) return false;
    this.start = this.end + 1;
    let number = 0;
    let at = this.start;
    for (; at < held.length; at++) {
      const code = held.charCodeAt(at);
      if (code === COMMA) break;
      number = number * 10 + code - ZERO;
    }
    this.number = number;
    this.end = at;
    return true;
  }
}

/**
 * Returns the list with the assigned numbers, which are in order and distinct, and without the released ones. `compare` is the order of the
 * list.
 */
export function updatedHeldPairs(
  held: HeldPairs,
  assigned: readonly number[],
  released: readonly number[],
  compare: (a: number, b: number) => number,
): HeldPairs {
  const removed = released.length > 0 ? new Set(released) : NOTHING;
  const added = removed.size === 0 ? assigned : assigned.filter((number) => !removed.has(number));
  let after = '';
  // The list up to `from` is in `after`, or was removed; the added numbers before index `next` are in `after`.
  let [from, next] = [0, 0];
  for (const reader = new PairNumberReader(held); (next < added.length || removed.size > 0) && reader.next(); ) {
    const { number, start, end } = reader;
    while (next < added.length && compare(number, added[next]!) > 0) {
      after += `${held.slice(from, start)}${added[next++]},`;
      from = start;
    }
    if (added[next] === number) next++;
    if (removed.has(number)) {
      after += held.slice(from, start);
      from = end + 1;
    }
  }
  after += held.slice(from);
  for (; next < added.length; next++) after += `${after === '' || after.endsWith(',') ? '' : ','}${added[next]}`;
  return after.endsWith(',') ? after.slice(0, -1) : after;
}

/** Returns the numbers of a list that are not in another list. */
export function numbersOnlyIn(held: HeldPairs, other: HeldPairs): HeldPairs {
  if (held === '' || other === '') return held;
  const others = new Set<number>();
  for (const reader = new PairNumberReader(other); reader.next(); ) others.add(reader.number);
  const only: number[] = [];
  for (const reader = new PairNumberReader(held); reader.next(); ) {
    if (!others.has(reader.number)) only.push(reader.number);
  }
  return only.join();
}
