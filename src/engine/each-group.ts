import type { Group } from './walk.js';

/** What is done about the groups of a walk. */
interface Steps<Found> {
  /** The work on one group, beside that on the next ones. It resolves with the error that stopped it where part of it was done. */
  work(group: Group): Promise<Found>;
  /** Takes note of what came of it: one after the other, in the order of the walk. */
  note(found: Found): Promise<void>;
  /** Told once all groups up to this one are done and noted. */
  reached(group: Group): Promise<void>;
}

type Ended<Found> = { readonly found: Found } | { readonly error: unknown };

interface Begun<Found> {
  readonly group: Group;
  readonly ended: Promise<Ended<Found>>;
  isDone: boolean;
}

/** Takes note of how the work on a group ends; an error is told when its turn comes. */
function beginning<Found>(group: Group, work: Promise<Found>): Begun<Found> {
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
 * Works on the groups of a walk, on so many at once. Where one fails, those begun beside it end first: what they wrote is written,
 * and is noted too; the walk has not come past the one that failed.
 */
export async function eachGroup<Found extends { readonly stopped?: { readonly error: unknown } }>(
  groups: AsyncIterable<Group>,
  most: number,
  { work, note, reached }: Steps<Found>,
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
    await note(found);
    await reached(group);
  };
  // One by one, a batch is finished before the walk goes on: it may share its connection.
  const canFinish = (first: Begun<Found> | undefined): boolean =>
    first !== undefined && (most === 1 || first.isDone || isEmpty(first.group));
  try {
    for await (const group of groups) {
      // The next begins while the first is noted.
      if (count() >= most) await firstEnded();
      begun.push(beginning(group, work(group)));
      while (canFinish(begun[0])) await finishFirst();
    }
    while (begun.length > 0) await finishFirst();
  } catch (error) {
    for (const { ended } of begun) {
      const end = await ended;
      // The first failure is the one to be told of.
      if ('found' in end) await note(end.found).catch(() => undefined);
    }
    throw error;
  }
}
