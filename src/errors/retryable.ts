import { attempt } from './attempt.js';

/** The most reports that are read from one error: causes may form a cycle. */
const MOST_REPORTS = 8;

/** What an error reports, or one of its causes. */
export interface ErrorReport {
  readonly code?: unknown;
  readonly errno?: unknown;
  readonly message?: string;
}

/** Codes of a failure: text is an SQLSTATE or a client's code, a number is MySQL's; text with a space is part of a message. */
export type Codes = readonly (string | number)[];

/** The database rolled back a transaction so that another could continue. */
export const CONFLICT_CODES: Codes = ['40001', '40P01', 'ER_LOCK_DEADLOCK', 'P2034', 1213];

/** Another transaction held a lock for longer than the time allowed. */
export const LOCK_TIMEOUT_CODES: Codes = ['55P03', 1205, 'SQLITE_BUSY', 'SQLITE_BUSY_RECOVERY', 'database is locked'];

/** The connection was lost, or could not be made. */
export const CONNECTION_LOST_CODES: Codes = [
  ...['08000', '08001', '08003', '08004', '08006', '57P01', '57P02', '57P03'],
  ...['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'PROTOCOL_CONNECTION_LOST', 'P1001', 'P1002', 'P1017'],
  ...['CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED', 'CONNECT_TIMEOUT'],
  // What clients report without a code: pg, and mysql2 of a connection that is closed.
  'Connection terminated',
  'Client has encountered a connection error',
  'Client was closed and is not queryable',
  'connection is in closed state',
  // The mariadb connector.
  'Cannot execute new commands: connection closed',
  'socket has unexpectedly been closed',
];

/** The pool had no connection to give in time. */
export const POOL_TIMEOUT_CODES: Codes = [
  'P2024',
  'timeout exceeded when trying to connect',
  'No connections available',
  'Queue limit reached',
  'Timeout acquiring a connection',
  'failed to retrieve a connection from pool',
  'Operation timeout',
];

/** The database accepts no more connections. */
export const TOO_MANY_CONNECTIONS_CODES: Codes = ['53300', 1040, 1203];

const RETRYABLE_CODES: Codes = [
  ...CONFLICT_CODES,
  ...LOCK_TIMEOUT_CODES,
  ...CONNECTION_LOST_CODES,
  ...POOL_TIMEOUT_CODES,
  ...TOO_MANY_CONNECTIONS_CODES,
];

/** Returns whether an error, or one of its causes, reports one of these codes. */
export function reportsOne(error: unknown, codes: Codes): boolean {
  const reports = causes(error);
  return codes.some((code) => reports.some((report) => isCode(report, code)));
}

function isCode({ code, errno, message }: ErrorReport, sought: string | number): boolean {
  if (typeof sought === 'number') return errno === sought;
  return code === sought || (sought.includes(' ') && message?.includes(sought) === true);
}

/**
 * Returns whether an operation that was rejected with this error may succeed when it is run again: after a lost connection, a
 * deadlock, a serialization failure, or a lock or pool time-out. Reads the codes of the error and of its causes.
 */
export function isRetryable(error: unknown): boolean {
  return reportsOne(error, RETRYABLE_CODES);
}

/** Returns what an error and its causes report, outermost first: libraries wrap the errors of their drivers. */
export function causes(error: unknown): ErrorReport[] {
  const found: ErrorReport[] = [];
  for (let next = error; found.length < MOST_REPORTS; ) {
    const read = attempt(() => reportOf(next));
    if (!read) break;
    found.push(read.report);
    const meta = attempt(() => reportOf(read.meta));
    if (meta) found.push(meta.report);
    next = read.cause;
  }
  return found;
}

function reportOf(error: unknown): { report: ErrorReport; meta: unknown; cause: unknown } | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, errno, message, meta, cause } = error as { readonly [key: string]: unknown };
  return { report: { code, errno, ...(typeof message === 'string' && { message }) }, meta, cause };
}
