import { causes } from './retry.js';

/** What a host can do about errors that databases have codes for, and no advice. */
const ADVICE: readonly (readonly [codes: readonly (string | number)[], advice: string])[] = [
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
    ['55P03', 1205],
    'A lock was waited for too long: another transaction has had it all the while. Nothing was changed; try again, or look for a transaction that was left open.',
  ],
  [['57014', 1317, 3024, 1969], 'A statement took too long, or was cancelled. Nothing was changed.'],
  [
    ['25006', 1290, 1792, 'readonly database'],
    'The database only answers questions: pass a driver of the one that is written to, not of a replica.',
  ],
  [
    [
      '08000',
      '08003',
      '08006',
      '57P01',
      '57P02',
      '57P03',
      'ECONNRESET',
      'ECONNREFUSED',
      'EPIPE',
      'PROTOCOL_CONNECTION_LOST',
      // What clients say without a code: pg, and mysql2 of a connection that is closed.
      'Connection terminated',
      'Client has encountered a connection error',
      'Client was closed and is not queryable',
      'connection is in closed state',
    ],
    'The connection was lost, or could not be made. What was not committed was undone; do it again, and settle() finishes what an edit left.',
  ],
  [
    ['timeout exceeded when trying to connect', 'No connections available', 'Queue limit reached'],
    'The pool had no connection to give in time: each transaction has one until it ends. Make the pool larger, or look for what keeps them; a host function that is given a transaction must not ask the pool.',
  ],
  [['53300', 1040, 1203], 'The database takes no more connections: make the pool smaller, or use the one there is.'],
  [
    ['42501', 1142, 1044, 'unrecognized configuration parameter'],
    'The database does not allow it: grant it, and under row-level security pass a driver whose transaction has the tenant set.',
  ],
];

/** The error with advice before it, where there is some; its `cause` is what the database said. */
export function explained(error: unknown): unknown {
  const found = causes(error);
  const isOne = (code: string | number): boolean =>
    found.some(
      (one) =>
        (typeof code === 'number' ? one.errno === code : one.code === code) ||
        (typeof code === 'string' && code.includes(' ') && String(one.message).includes(code)),
    );
  const advice = ADVICE.find(([codes]) => codes.some(isOne))?.[1];
  if (advice === undefined || found.some((one) => String(one.message).startsWith(advice))) return error;
  return new Error(`${advice} (${String(found[0]?.message)})`, { cause: error });
}
