/** Resolves as the work does, and rejects where that takes longer than so many milliseconds. */
export async function within<T>(milliseconds: number, what: string, work: () => Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not end within ${milliseconds} ms.`)), milliseconds);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** How long something that ought to wait is watched, in milliseconds. */
const GRACE = 40;

/** Whether the promise settles in the next moments; one that ought to wait costs these moments, a right one no more. */
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
