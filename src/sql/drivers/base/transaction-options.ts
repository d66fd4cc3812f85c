import type { Issues } from '../../../validate/issues.js';
import { at } from '../../../validate/place.js';
import { checkFlag } from '../../check-options.js';

/** What a host may state about its client if the driver cannot detect it. */
export interface TransactionOptions {
  /**
   * Whether the client runs its statements in a transaction that the host has begun; or a function that returns it for the current call, if
   * the client finds the transaction of the call by itself. `false` if each new transaction of the client runs a statement of the host's first,
   * such as a setting for row-level security. By default, the driver detects it by the client's own properties.
   */
  readonly inTransaction?: boolean | (() => boolean);
  /** Whether the host's transactions are READ COMMITTED. By default, the library queries the database. */
  readonly isReadCommitted?: boolean;
}

/** The names of these options. */
export const TRANSACTION_OPTIONS = ['inTransaction', 'isReadCommitted'] as const;

/** Adds the issues of these options. */
export function checkTransactionOptions(options: Readonly<Record<string, unknown>>, issues: Issues): void {
  if (!['undefined', 'boolean', 'function'].includes(typeof options.inTransaction))
    issues.add('wrong_type', at(undefined, 'inTransaction'), 'expected true, false, or a function that returns one');
  checkFlag(options, 'isReadCommitted', issues);
}
