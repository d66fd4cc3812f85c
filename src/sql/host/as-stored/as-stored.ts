import { isRetryable, reportsOne } from '../../../errors/retryable.js';
import type { Field, Learner, UnreadableLearner } from '../../../model/learner.js';
import { CANCELLED_CODES } from '../../statement/advice.js';
import { MAX_PROFILE_BYTES } from '../../statement/bounds.js';
import type { SqlDriver } from '../../statement/driver.js';
import type { IdKind } from '../../statement/id-kind.js';
import { readInHalves } from '../../statement/read-in-halves.js';
import { splitByLength } from '../../statement/split.js';
import { fieldColumns } from '../columns/field-columns.js';
import type { HostTables } from '../columns/host-tables.js';
import type { TableRef } from '../columns/table-ref.js';
import { MAX_LEARNERS } from '../learner-queries.js';
import { type ReadLearner, TOO_LARGE } from '../learner-row.js';
import type { HostRefs } from '../refs.js';
import { storedInPostgres } from './as-stored-postgres.js';
import { storedInTemporaryTables } from './as-stored-temporary.js';
import { type GivenLearner, type ReadStored, storedReader } from './stored-reader.js';
import { lengthOf, writtenLearner } from './written-learner.js';

/** An id that every column of a kind accepts. */
const VALID_ID: { readonly [Kind in IdKind]: string } = {
  text: '0',
  integer: '0',
  uuid: '00000000-0000-0000-0000-000000000000',
};

/**
 * Returns learners as `learners` would read them after a host has written their values into its tables. The database converts the values by
 * the types of the columns alone: triggers, defaults, generated columns and CHECK constraints of the tables are ignored. A learner with a value
 * that the database rejects is returned as unreadable.
 */
export async function learnersAsStored(
  db: SqlDriver,
  tables: HostTables,
  refs: HostRefs,
  fields: readonly Field[] | undefined,
  learners: readonly Learner[],
): Promise<readonly ReadLearner[]> {
  if (learners.length === 0) return [];
  const { dialect } = db;
  const given = (learner: Learner): GivenLearner => {
    const written = writtenLearner(dialect, tables.learners, learner);
    const rejection = lengthOf(written) > MAX_PROFILE_BYTES ? TOO_LARGE : missingIn(refs.learners, tables, learner);
    if (rejection === undefined) return { learner, written };
    return { learner, written: writtenLearner(dialect, tables.learners, { id: learner.id, profile: {} }), rejection };
  };
  const stored = dialect === 'postgres' ? storedInPostgres : storedInTemporaryTables;
  return stored(db, tables, refs, async (rows) => {
    const read = storedReader(tables, refs, fields, rows);
    const accepted = readUnlessRejected(read);
    const found: ReadLearner[] = [];
    const alone = ({ learner }: GivenLearner): Promise<ReadLearner> =>
      rejectedLearner(tables.learners.ids ?? 'text', learner, (part) => accepted([given(part)]));
    // Each list is small enough for one result.
    for (const some of splitByLength(learners.map(given), MAX_LEARNERS, ({ written }) => lengthOf(written))) {
      const page = await readInHalves<ReadLearner, GivenLearner>(some, accepted, alone);
      for (const learner of page) found.push(learner);
    }
    return found;
  });
}

/** Returns an error message for a profile with NULL for a column that does not accept NULL; otherwise undefined. */
function missingIn(u: TableRef, { learners }: HostTables, { profile }: Learner): string | undefined {
  for (const { field, column } of fieldColumns(learners)) {
    if (profile[field] === null && u.facts(column)?.isNullable === false)
      return `The column "${column}" of the field "${field}" does not accept NULL.`;
  }
  return undefined;
}

/**
 * Returns a function that reads learners, and resolves with undefined if the database rejects one of them. It rejects with errors that are not
 * about their values.
 */
function readUnlessRejected(read: ReadStored): ReadStored {
  let isSound = false;
  return async (given) => {
    try {
      return await read(given);
    } catch (error) {
      if (isRetryable(error) || reportsOne(error, CANCELLED_CODES)) throw error;
      // If reading no learners succeeds, the error was about a value.
      if (!isSound) await read([]);
      isSound = true;
      return undefined;
    }
  };
}

/** Returns a learner that the database rejects as unreadable, with the part that it rejects. */
async function rejectedLearner(
  kind: IdKind,
  { id, profile, segments = [] }: Learner,
  isAccepted: (part: Learner) => Promise<readonly ReadLearner[] | undefined>,
): Promise<UnreadableLearner> {
  const bare = await isAccepted({ id, profile: {} });
  if (!bare)
    return { id, unreadable: `The database does not accept ${await rejectedPart(kind, id, profile, isAccepted)}.` };
  const rejected = (what: string): UnreadableLearner => ({
    ...{ id: bare[0]!.id, unreadable: `The database does not accept ${what}.` },
  });
  for (const [field, value] of Object.entries(profile)) {
    if (!(await isAccepted({ id, profile: { [field]: value } }))) return rejected(`the value of the field "${field}"`);
  }
  return rejected(segments.length > 0 ? 'the segments' : 'the learner');
}

/** Returns what is rejected if the table accepts no learner without values, such as a table with NOT NULL columns. */
async function rejectedPart(
  kind: IdKind,
  id: string,
  profile: Learner['profile'],
  isAccepted: (part: Learner) => Promise<readonly ReadLearner[] | undefined>,
): Promise<string> {
  for (const field of Object.keys(profile)) {
    const { [field]: _, ...rest } = profile;
    if (await isAccepted({ id, profile: rest })) return `the value of the field "${field}"`;
  }
  return (await isAccepted({ id: VALID_ID[kind], profile: {} })) ? 'the id' : 'the id, or NULL in a required column';
}
