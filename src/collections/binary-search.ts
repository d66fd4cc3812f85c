/**
 * Returns the first of `length` indexes whose item does not precede what is searched for, or `length` if there is none. The items are in
 * order: all that precede it come first.
 */
export function lowerBound(length: number, precedes: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (precedes(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
