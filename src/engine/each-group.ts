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

interface Begun<Found> {
  readonly group: Group;
  readonly ended: Promise<Ended<Found>>;
  isDone: boolean;
}

/** Tracks how the work on a group ends; an error is thrown only when it is the group's turn. */
function start<Found>(group: Group, work: Promise<Found>): Begun<Found> {
  const ended = work.then(
    (found) => ({ found }),
    (error: unknown) => ({ error }),
  );
  const begun: Begun<Found> = { group, ended, isDone: false };
  void ended.then(() => {
    begun.isDone = true;
  });
  return begun;
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
  const begun: Begun<Found>[] = [];
  const isEmpty = ({ ids }: Group): boolean => ids.length === 0;
  const count = (): number => begun.filter(({ group }) => !isEmpty(group)).length;
  const firstEnded = async (): Promise<Found> => {
    const end = await begun[0]!.ended;
    if ('error' in end) throw end.error;
    if (end.found.stopped) throw end.found.stopped.error;
    return end.found;
  };
  const finishFirst = async (): Promise<void> => {
    const found = await firstEnded();
    const { group } = begun.shift()!;
    await record(found);
    await reached(group);
  };
  // Without concurrency, a batch is finished before the walk continues: both may share one connection.
  const canFinish = (first: Begun<Found> | undefined): boolean =>
    first !== undefined && (concurrency === 1 || first.isDone || isEmpty(first.group));
  try {
    for await (const group of groups) {
      // The next group starts while the first is recorded.
      if (count() >= concurrency) await firstEnded();
      begun.push(start(group, work(group)));
      while (canFinish(begun[0])) await finishFirst();
    }
    while (begun.length > 0) await finishFirst();
  } catch (error) {
    for (const { ended } of begun) {
      const end = await ended;
      // Only the first failure is thrown.
      if ('found' in end) await record(end.found).catch(() => undefined);
    }
    throw error;
  }
}
