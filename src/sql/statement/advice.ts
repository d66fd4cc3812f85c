import {
  CONNECTION_LOST_CODES,
  type Codes,
  causes,
  LOCK_TIMEOUT_CODES,
  POOL_TIMEOUT_CODES,
  reportsOne,
  TOO_MANY_CONNECTIONS_CODES,
} from '../../errors/retryable.js';

/** A statement timed out or was cancelled. */
export const CANCELLED_CODES: Codes = ['57014', 1317, 3024, 1969];

/** Advice for database errors whose own messages have none. */
const ADVICE: readonly (readonly [codes: Codes, advice: string])[] = [
  [
    ['42P01', '3F000', 1146, 'no such table'],
    "A table is missing. Run migrate(driver, { prefix }) to create the library's tables, and check the names of your own tables in sqlHost.",
  ],
  [
    ['42883'],
    'The database cannot compare two types. Set the type of learner ids (text, integer or uuid) in sqlHost({ learners: { ids } }), and the same in migrate(driver, { learnerIds }).',
  ],
  [['42703', 1054, 'no such column'], 'A column is missing. Check the column names in sqlHost.'],
  [
    LOCK_TIMEOUT_CODES,
    'Lock wait timeout: another transaction holds the lock. Nothing was changed; retry, or find the transaction that was left open.',
  ],
  [CANCELLED_CODES, 'A statement timed out or was cancelled. Nothing was changed; retry, or increase the timeout.'],
  [
    ['25006', 1290, 1792, 'readonly database'],
    'The database is read-only. Pass a driver for the primary, not for a replica.',
  ],
  [
    CONNECTION_LOST_CODES,
    'The connection was lost or could not be opened. Uncommitted work was rolled back; retry, and settle() finishes the work that an edit left.',
  ],
  [
    POOL_TIMEOUT_CODES,
    'Timed out waiting for a connection from the pool. Each transaction keeps one until it ends: make the pool larger, or find the code that does not release them. A host function that receives a transaction must not use the pool.',
  ],
  [TOO_MANY_CONNECTIONS_CODES, 'The database accepts no more connections. Make the pool smaller, or share one pool.'],
  [
    ['42501', 1142, 1044, 'unrecognized configuration parameter'],
    'The database denies permission. Grant it; under row-level security, pass a driver whose transaction sets the tenant.',
  ],
];

/** Returns an error with advice before the database's message, if there is advice; its `cause` is the database's own error. */
export function withAdvice(error: unknown): unknown {
  const advice = ADVICE.find(([codes]) => reportsOne(error, codes))?.[1];
  const found = causes(error);
  if (advice === undefined || found.some((one) => String(one.message).startsWith(advice))) return error;
  return new Error(`${advice} (${String(found[0]?.message)})`, { cause: error });
}
