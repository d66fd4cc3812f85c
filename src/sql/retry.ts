/** What databases call a transaction that was undone so that another could go on, and may be run again. */
const AGAIN = new Set(['40001', '40P01', 'ER_LOCK_DEADLOCK', 'P2034']);
const AGAIN_NUMBERS = new Set([1213]);

/** So often a transaction is run again. */
const MOST = 10;

/** Runs work again for as long as the database says that this would help, so often at most; a little later each time. */
export async function retrying<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= MOST || !mayHelp(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 2 ** attempt));
    }
  }
}

function mayHelp(error: unknown): boolean {
  return causes(error).some(({ code, errno }) => AGAIN.has(String(code)) || AGAIN_NUMBERS.has(Number(errno)));
}

/** An error and what lies beneath it: libraries wrap those of their drivers. */
export function causes(
  error: unknown,
): { readonly code?: unknown; readonly errno?: unknown; readonly message?: unknown }[] {
  const found: object[] = [];
  for (let next = error; typeof next === 'object' && next !== null && found.length < 8; ) {
    found.push(next);
    const { meta, cause } = next as { readonly meta?: unknown; readonly cause?: unknown };
    if (typeof meta === 'object' && meta !== null) found.push(meta);
    next = cause;
  }
  return found;
}
