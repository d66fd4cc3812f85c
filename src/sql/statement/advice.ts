import {
  CONFLICT_CODES,
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
interface Advice {
  readonly codes: Codes;
  readonly advice: string;
  /** What to do in a transaction of the host's, which only the host can run again; by default the same. */
  readonly inHosts?: string;
}

const ADVICE: readonly Advice[] = [
  {
    codes: ['42P01', 1146, 'no such table'],
    advice:
      "A table is missing. Run migrate(driver, { prefix }) to create the library's tables, and check the names of your own tables in sqlHost.",
  },
  {
    codes: ['3F000', 1049],
    advice: 'The schema that the prefix names does not exist. Create it first, then run migrate(driver, { prefix }).',
  },
  {
    codes: ['42883'],
    advice:
      'The database cannot compare two types. Set the type of learner ids (text, integer or uuid) in sqlHost({ learners: { ids } }), and the same in migrate(driver, { learnerIds }).',
  },
  { codes: ['42703', 1054, 'no such column'], advice: 'A column is missing. Check the column names in sqlHost.' },
  {
    codes: CONFLICT_CODES,
    advice:
      'The database rolled this transaction back in favour of another, again and again. Nothing was changed; run the operation again.',
    inHosts:
      'The database rolled back your transaction in favour of another: run it again. If it makes several calls that write, use within(driver, { edits: true }).',
  },
  {
    codes: LOCK_TIMEOUT_CODES,
    advice:
      'Lock wait timeout: another transaction holds the lock. Nothing was changed; retry, or find the transaction that was left open. If it is your own, call within(driver) inside it.',
    inHosts:
      'Lock wait timeout: another transaction holds the lock. Roll back your transaction and run it again, or find the transaction that was left open.',
  },
  {
    codes: CANCELLED_CODES,
    advice: 'A statement timed out or was cancelled. Nothing was changed; retry, or increase the timeout.',
    inHosts:
      'A statement timed out or was cancelled. Roll back your transaction and run it again, or increase the timeout.',
  },
  {
    codes: ['25006', 1290, 1792, 'readonly database'],
    advice: 'The database is read-only. Pass a driver for the primary, not for a replica.',
  },
  {
    codes: CONNECTION_LOST_CODES,
    advice:
      'The connection was lost or could not be opened. Uncommitted work was rolled back; retry, and settle() finishes the work that an edit left.',
    inHosts: 'The connection was lost, and your transaction was rolled back: run it again.',
  },
  {
    codes: POOL_TIMEOUT_CODES,
    advice:
      'Timed out waiting for a connection from the pool. Each transaction keeps one until it ends: make the pool larger, or find the code that does not release them. A host function that receives a transaction must not use the pool.',
  },
  {
    codes: TOO_MANY_CONNECTIONS_CODES,
    advice: 'The database accepts no more connections. Make the pool smaller, or share one pool.',
  },
  {
    codes: ['42501', 1142, 1044, 'unrecognized configuration parameter'],
    advice:
      'The database denies permission. Grant it; under row-level security, pass a driver whose transaction sets the tenant.',
  },
];

/**
 * Returns an error with advice before the database's message, if there is advice; its `cause` is the database's own error. `isHosts`: whether the
 * statement ran in a transaction of the host's.
 */
export function withAdvice(error: unknown, isHosts = false): unknown {
  const known = ADVICE.find(({ codes }) => reportsOne(error, codes));
  if (!known) return error;
  const advice = (isHosts && known.inHosts) || known.advice;
  const found = causes(error);
  if (found.some((one) => String(one.message).startsWith(advice))) return error;
  return new Error(`${advice} (${String(found[0]?.message)})`, { cause: error });
}
