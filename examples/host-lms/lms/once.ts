const running = new Map<string, Promise<unknown>>();

/** Runs a task once at a time by id: a call while the task runs receives the result of the running one. */
export function once<T>(id: string, work: () => Promise<T>): Promise<T> {
  const begun = running.get(id) as Promise<T> | undefined;
  if (begun) return begun;
  const doing = work().finally(() => running.delete(id));
  running.set(id, doing);
  return doing;
}
