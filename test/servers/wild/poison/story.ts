import { blockedId } from '../../../../src/catalog/blocked.js';
import {
  createSmartEnrolments,
  isSmartEnrolmentsError,
  type LearnerDiff,
  type Outcome,
  type Repositories,
  type Summary,
} from '../../../../src/index.js';
import { createSqlRepositories, type SqlDriver, sqlHost } from '../../../../src/sql/index.js';
import { EDITS, EVERYONE, FIELDS, MEANWHILE, ROWS } from './company.js';
import type { Poison } from './poison.js';
import { type Change, fillTables, hostOf, make } from './tables.js';

/** The result of one operation. */
export interface Chapter {
  readonly name: string;
  /** The code of the error that it rejected with, and the error as text. */
  readonly rejected?: { readonly code: string; readonly text: string };
  readonly blocked: readonly string[];
  /** The assignments of each learner, as `course by link`. */
  readonly held: ReadonlyMap<string, readonly string[]>;
  /** The changes to each learner's training records, such as `course start`. */
  readonly training: ReadonlyMap<string, readonly string[]>;
}

/** The parts of the story that a bad row may change. */
export type Shape = Pick<Poison, 'through' | 'fields' | 'ids'>;

let stories = 0;

/** Runs the same operations over the company's tables, with these changes before the first one or after it. */
export async function story(
  db: SqlDriver,
  changes: readonly Change[],
  when: 'first' | 'later',
  { through = 'people', fields = FIELDS, ids = [] }: Shape,
): Promise<Chapter[]> {
  await fillTables(db, when === 'first' ? [...ROWS, ...changes] : ROWS);
  const written: LearnerDiff[] = [];
  const host = sqlHost({
    ...hostOf(through, async () => fields),
    onWrite: async (diffs) => void written.push(...diffs),
  });
  const repositories = createSqlRepositories({ driver: db, host, tenant: `story ${stories++}` });
  const library = createSmartEnrolments(repositories, { batchSize: 5 });
  const chapters: Chapter[] = [];
  const happens = async (name: string, operation: () => Promise<Outcome>): Promise<void> => {
    const { summary, rejected } = await outcomeOf(operation);
    const diffs = written.splice(0);
    const blocked = (summary?.blocked ?? []).map((one) => `${one.kind} ${blockedId(one)}`);
    chapters.push({
      name,
      ...(rejected && { rejected }),
      blocked,
      held: await holdings(repositories),
      training: trainingOf(diffs),
    });
  };
  await happens('first apply', () => library.apply(EDITS.first));
  if (when === 'later') await make(db, changes);
  await make(db, MEANWHILE);
  await happens('notice', () => library.learnersChanged([...EVERYONE, ...ids]));
  await happens('second apply', () => library.apply(EDITS.second));
  await happens('unlink', () => library.apply(EDITS.third));
  await happens('reconcile', () => library.reconcile());
  await happens('second reconcile', () => library.reconcile());
  return chapters;
}

async function outcomeOf(
  operation: () => Promise<Outcome>,
): Promise<{ summary?: Summary | undefined; rejected?: Chapter['rejected'] }> {
  try {
    return { summary: (await operation()).summary };
  } catch (error) {
    const { cause, details } = error as Error & { details?: { outcome?: Outcome } };
    const code = isSmartEnrolmentsError(error) ? error.code : 'unknown';
    return { summary: details?.outcome?.summary, rejected: { code, text: `${String(error)} ${String(cause ?? '')}` } };
  }
}

/** Reads only the library's own rows: the host's rows about a learner may be unreadable. */
async function holdings({ enrolments, catalog }: Repositories): Promise<Map<string, string[]>> {
  const held = new Map<string, string[]>();
  const { links } = await catalog.load();
  for (const { id, courseId } of links) {
    for (let after: string | undefined; ; ) {
      const holders = await enrolments.holders({ links: [id], limit: 100, ...(after !== undefined && { after }) });
      if (holders.length === 0) break;
      after = holders.at(-1)!;
      for (const learner of holders) held.set(learner, [...(held.get(learner) ?? []), `${courseId} by ${id}`].sort());
    }
  }
  return held;
}

function trainingOf(diffs: readonly LearnerDiff[]): Map<string, string[]> {
  return new Map(
    diffs.map(({ learnerId, enrolled, unenrolled }) => [
      learnerId,
      [...enrolled, ...unenrolled].map(({ courseId, training }) => `${courseId} ${training}`).sort(),
    ]),
  );
}
