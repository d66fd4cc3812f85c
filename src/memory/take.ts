/** Takes the next items of a sequence, up to a number of them; what follows can be taken later. */
export function take<T>(items: Iterator<T>, limit: number): T[] {
  const taken: T[] = [];
  while (taken.length < limit) {
    const next = items.next();
    if (next.done) break;
    taken.push(next.value);
  }
  return taken;
}
