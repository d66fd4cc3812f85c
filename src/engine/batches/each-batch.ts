import type { Tried } from './in-halves.js';
import type { Batch } from './walk.js';

/** The callbacks for the batches of a walk. */
interface Callbacks<Result> {
  /** Tries one batch, concurrently with the next ones. Never rejects: the error that stops the walk is in `stopped`. */
  attempt(batch: Batch): Promise<Tried<Result>>;
  /** Records the results of a batch. Called for one batch at a time, in the order of the walk. */
  record(results: readonly Result[]): Promise<void>;
  /** Called once all batches up to this one are done and recorded. */
  reached(batch: Batch): Promise<void>;
}

interface Started<Result> {
  readonly batch: Batch;
  readonly tried: Promise<Tried<Result>>;
  isDone: boolean;
}

function start<Result>(batch: Batch, tried: Promise<Tried<Result>>): Started<Result> {
  const started: Started<Result> = { batch, tried, isDone: false };
  void tried.then(() => {
    started.isDone = true;
  });
  return started;
}

/**
 * Tries the batches of a walk, at most `concurrency` at the same time. If one is stopped, the others that were started end first. What they
 * wrote stays written and is recorded too, but `reached` is not called for the stopped batch or a later one.
 */
export async function eachBatch<Result>(
  batches: AsyncIterable<Batch>,
  concurrency: number,
  { attempt, record, reached }: Callbacks<Result>,
): Promise<void> {
  const started: Started<Result>[] = [];
  const isEmpty = ({ ids }: Batch): boolean => ids.length === 0;
  const busyCount = (): number => started.filter(({ batch }) => !isEmpty(batch)).length;
  const firstEnded = async (): Promise<readonly Result[]> => {
    const { results, stopped } = await started[0]!.tried;
    if (stopped) throw stopped.error;
    return results;
  };
  const finishFirst = async (): Promise<void> => {
    const results = await firstEnded();
    const { batch } = started.shift()!;
    await record(results);
    await reached(batch);
  };
  // Without concurrency, a batch is finished before the walk continues: both may share one connection.
  const canFinish = (first: Started<Result> | undefined): boolean =>
    first !== undefined && (concurrency === 1 || first.isDone || isEmpty(first.batch));
  try {
    for await (const batch of batches) {
      // The next batch starts while the first is recorded.
      if (busyCount() >= concurrency) await firstEnded();
      started.push(start(batch, attempt(batch)));
      while (canFinish(started[0])) await finishFirst();
    }
    while (started.length > 0) await finishFirst();
  } catch (error) {
    // Only the first error is thrown.
    for (const { tried } of started) await record((await tried).results).catch(() => undefined);
    throw error;
  }
}
