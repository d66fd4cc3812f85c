/** Settles as the work does, but rejects if the work takes longer than this many milliseconds. */
export async function withTimeLimit<T>(milliseconds: number, what: string, work: () => Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timedOut = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not end within ${milliseconds} ms.`)), milliseconds);
  });
  try {
    return await Promise.race([work(), timedOut]);
  } finally {
    clearTimeout(timer);
  }
}

/** How long to watch a promise that should not settle yet, in milliseconds. */
const GRACE = 40;

/** Whether the promise settles within {@link GRACE}. One that should wait costs the whole time. */
export async function settlesSoon(promise: Promise<unknown>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), GRACE);
  });
  const settled = promise.then(
    () => true,
    () => true,
  );
  try {
    return await Promise.race([settled, later]);
  } finally {
    clearTimeout(timer);
  }
}
