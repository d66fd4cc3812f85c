/**
 * Returns the index of the first item of a sorted list, at `from` or after, that does not precede the key. Returns the list's length if every
 * item precedes it.
 */
export function lowerBound<Item, Key>(
  sorted: readonly Item[],
  key: Key,
  compare: (item: Item, key: Key) => number,
  from = 0,
): number {
  let low = from;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(sorted[middle]!, key) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
