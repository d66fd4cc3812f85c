const running = new Map<string, Promise<unknown>>();

/** Does a work of some id once at a time: whoever asks for it while it runs is told how that ends. */
export function once<T>(id: string, work: () => Promise<T>): Promise<T> {
  const begun = running.get(id) as Promise<T> | undefined;
  if (begun) return begun;
  const doing = work().finally(() => running.delete(id));
  running.set(id, doing);
  return doing;
}
