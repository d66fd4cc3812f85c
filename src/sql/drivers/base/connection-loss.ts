/** Whether a transaction's connection was lost, and the error. */
export interface ConnectionState {
  lost?: { readonly error: unknown };
}

/**
 * Runs `body` in a transaction or savepoint that `start` opens. Postgres.js sends its own ROLLBACK or COMMIT once the callback has
 * settled, even on a lost connection: that throws where no caller can catch it (or, after a reconnect, ends an unrelated transaction).
 * So once the connection is lost, the callback is left unsettled.
 */
export function settleUnlessLost<Client>(
  state: ConnectionState,
  start: (work: (inside: Client) => Promise<void>) => Promise<unknown>,
  body: (inside: Client) => Promise<void>,
): Promise<void> {
  const unsettled = new Promise<void>(() => undefined);
  return new Promise((resolve, reject) => {
    const work = async (inside: Client): Promise<void> => {
      try {
        await body(inside);
      } catch (error) {
        if (!state.lost) throw error;
        reject(error);
        return unsettled;
      }
      if (!state.lost) return;
      reject(state.lost.error);
      return unsettled;
    };
    start(work).then(
      () => resolve(),
      (error: unknown) => {
        reject(error);
      },
    );
  });
}

/** Awaits a whole transaction. If it rejects before its work has ended, its connection is lost, and nothing more is sent on it. */
export async function recordingRejection<T>(state: ConnectionState, transaction: PromiseLike<T>): Promise<T> {
  try {
    return await transaction;
  } catch (error) {
    state.lost ??= { error };
    throw error;
  }
}

/** Runs a statement unless the connection is lost, and records in `state` if the statement loses it. */
export async function recordingLoss<T>(
  state: ConnectionState | undefined,
  statement: () => PromiseLike<T>,
): Promise<T> {
  if (state?.lost) throw state.lost.error;
  try {
    return await statement();
  } catch (error) {
    if (state && isLoss(error)) state.lost ??= { error };
    throw error;
  }
}

function isLoss(error: unknown): boolean {
  const { name, code, severity } = (error ?? {}) as {
    readonly name?: unknown;
    readonly code?: unknown;
    readonly severity?: unknown;
  };
  return (
    String(code).startsWith('CONNECTION_') || (name === 'PostgresError' && /^(FATAL|PANIC)$/.test(String(severity)))
  );
}
