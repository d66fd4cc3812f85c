/** Resolves once everything that is not waiting for another call has proceeded. */
export function quiet(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Watches a promise: whether it is still waiting once all is quiet. */
export async function waits(promise: Promise<unknown>): Promise<boolean> {
  let waiting = true;
  const ended = (): void => {
    waiting = false;
  };
  promise.then(ended, ended);
  await quiet();
  return waiting;
}
