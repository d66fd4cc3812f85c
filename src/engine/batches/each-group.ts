import type { Group } from './walk.js';

/** The callbacks for the groups of a walk. */
interface Steps<Found> {
  /** Works on one group, concurrently with the next ones. If part of it was done, it resolves with the error that stopped it as `stopped`. */
  work(group: Group): Promise<Found>;
  /** Records a result. Called for one group at a time, in the order of the walk. */
  record(found: Found): Promise<void>;
  /** Called once all groups up to this one are done and recorded. */
  reached(group: Group): Promise<void>;
}

type Ended<Found> = { readonly found: Found } | { readonly error: unknown };

interface Started<Found> {
  readonly group: Group;
  readonly ended: Promise<Ended<Found>>;
  isDone: boolean;
}

/** Tracks how the work on a group ends; an error is thrown only when it is the group's turn. */
function start<Found>(group: Group, work: Promise<Found>): Started<Found> {
  const ended = work.then(
    (found) => ({ found }),
    (error: unknown) => ({ error }),
  );
  const started: Started<Found> = { group, ended, isDone: false };
  void ended.then(() => {
    started.isDone = true;
  });
  return started;
}

/**
 * Works on the groups of a walk, at most `concurrency` at the same time. If one fails, the others that were started end first. What they
 * wrote stays written and is recorded too, but `reached` is not called for the failed group or a later one.
 */
export async function eachGroup<Found extends { readonly stopped?: { readonly error: unknown } }>(
  groups: AsyncIterable<Group>,
  concurrency: number,
  { work, record, reached }: Steps<Found>,
): Promise<void> {
  const started: Started<Found>[] = [];
  const isEmpty = ({ ids }: Group): boolean => ids.length === 0;
  const busyCount = (): number => started.filter(({ group }) => !isEmpty(group)).length;
  const firstEnded = async (): Promise<Found> => {
    const end = await started[0]!.ended;
    if ('error' in end) throw end.error;
    if (end.found.stopped) throw end.found.stopped.error;
    return end.found;
  };
  const finishFirst = async (): Promise<void> => {
    const found = await firstEnded();
    const { group } = started.shift()!;
    await record(found);
    await reached(group);
  };
  // Without concurrency, a batch is finished before the walk continues: both may share one connection.
  const canFinish = (first: Started<Found> | undefined): boolean =>
    first !== undefined && (concurrency === 1 || first.isDone || isEmpty(first.group));
  try {
    for await (const group of groups) {
      // The next group starts while the first is recorded.
      if (busyCount() >= concurrency) await firstEnded();
      started.push(start(group, work(group)));
      while (canFinish(started[0])) await finishFirst();
    }
    while (started.length > 0) await finishFirst();
  } catch (error) {
    for (const { ended } of started) {
      const end = await ended;
      // Only the first failure is thrown.
      if ('found' in end) await record(end.found).catch(() => undefined);
    }
    throw error;
  }
}
