/** What a learner holds, as it is stored: numbers of pairs in order of the pairs, with commas between them. */
export type Held = string;

const COMMA = 44;
const ZERO = 48;
const NOTHING: ReadonlySet<number> = new Set();

/** Goes through the numbers of a list, which is quicker than to make an array of them. */
export class Reading {
  readonly #held: Held;
  /** The number come to, and where it begins and ends. */
  number = 0;
  start = 0;
  end = -1;

  constructor(held: Held) {
    this.#held = held;
  }

  /** Comes to the next one; false where there is none. */
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

/** The list with these numbers in it, which are in order and each there once, and then without those; `compare` says in which order they stand. */
export function heldAfter(
  held: Held,
  assigned: readonly number[],
  released: readonly number[],
  compare: (a: number, b: number) => number,
): Held {
  const gone = released.length > 0 ? new Set(released) : NOTHING;
  const added = gone.size === 0 ? assigned : assigned.filter((number) => !gone.has(number));
  let after = '';
  // Of the list, what comes before `from` is in `after`, or is gone; of the added, what comes before `next`.
  let [from, next] = [0, 0];
  for (const reading = new Reading(held); (next < added.length || gone.size > 0) && reading.next(); ) {
    const { number, start, end } = reading;
    while (next < added.length && compare(number, added[next]!) > 0) {
      after += `${held.slice(from, start)}${added[next++]},`;
      from = start;
    }
    if (added[next] === number) next++;
    if (gone.has(number)) {
      after += held.slice(from, start);
      from = end + 1;
    }
  }
  after += held.slice(from);
  for (; next < added.length; next++) after += `${after === '' || after.endsWith(',') ? '' : ','}${added[next]}`;
  return after.endsWith(',') ? after.slice(0, -1) : after;
}
