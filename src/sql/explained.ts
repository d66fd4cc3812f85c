import {
  CONNECTION_LOST,
  type Codes,
  causes,
  LOCK_TIMEOUT,
  POOL_TIMEOUT,
  reportsOne,
  TOO_MANY_CONNECTIONS,
} from '../model/retryable.js';

/** A statement took too long, or was cancelled. */
export const CANCELLED: Codes = ['57014', 1317, 3024, 1969];

/** What a host can do about errors that databases have codes for, and no advice. */
const ADVICE: readonly (readonly [codes: Codes, advice: string])[] = [
  [
    ['42P01', '3F000', 1146, 'no such table'],
    'A table is missing: migrate(driver, { prefix }) makes those of the library, and the names of the others are as sqlHost was told.',
  ],
  [
    ['42883'],
    'Two types do not fit together: what the ids of learners are, text, integer or uuid, sqlHost({ learners: { ids } }) says, and migrate(driver, { learnerIds }) the same.',
  ],
  [['42703', 1054, 'no such column'], 'A column is missing: the names are as sqlHost was told.'],
  [
    LOCK_TIMEOUT,
    'Lock wait timeout: another transaction holds the lock. Nothing was changed; retry, or look for a transaction that was left open.',
  ],
  [CANCELLED, 'A statement took too long, or was cancelled. Nothing was changed.'],
  [
    ['25006', 1290, 1792, 'readonly database'],
    'The database only answers questions: pass a driver of the one that is written to, not of a replica.',
  ],
  [
    CONNECTION_LOST,
    'The connection was lost, or could not be made. What was not committed was undone; retry, and settle() finishes the work that an edit left.',
  ],
  [
    POOL_TIMEOUT,
    'The pool had no connection to give in time: each transaction has one until it ends. Make the pool larger, or look for what keeps them; a host function that is given a transaction must not ask the pool.',
  ],
  [TOO_MANY_CONNECTIONS, 'The database takes no more connections: make the pool smaller, or use the one there is.'],
  [
    ['42501', 1142, 1044, 'unrecognized configuration parameter'],
    'The database does not allow it: grant it, and under row-level security pass a driver whose transaction has the tenant set.',
  ],
];

/** Returns the error with advice before it, where there is some; its `cause` is the database's own error. */
export function explained(error: unknown): unknown {
  const advice = ADVICE.find(([codes]) => reportsOne(error, codes))?.[1];
  const found = causes(error);
  if (advice === undefined || found.some((one) => String(one.message).startsWith(advice))) return error;
  return new Error(`${advice} (${String(found[0]?.message)})`, { cause: error });
}
