import { attempt } from './model/attempt.js';
import type { ErrorCode, ErrorDetails } from './model/error-details.js';
import { messages } from './model/error-messages.js';

export type { LimitExceeded } from './model/diff.js';
export type { ErrorCode, ErrorDetails, InputIssue } from './model/error-details.js';

const mark = Symbol.for('smart-enrolments.error');

/** The one error class: its `code` says what went wrong, its `details` say with which ids. */
export class SmartEnrolmentsError<Code extends ErrorCode = ErrorCode> extends Error {
  /** Always `SmartEnrolmentsError`. */
  override readonly name = 'SmartEnrolmentsError';
  /** What went wrong. */
  readonly code: Code;
  /** With which ids: the shape is that of the code. */
  readonly details: ErrorDetails[Code];

  /**
   * Makes one, with the message of its code. A host does so for `catalog_conflict` alone.
   * @throws `invalid_input` for a code that does not exist, and for details that are not those of the code.
   */
  constructor(code: Code, details: ErrorDetails[Code], options?: { cause?: unknown }) {
    super(messageOf(code, details, options), options);
    this.code = code;
    this.details = details;
    Object.defineProperty(this, mark, { value: true });
  }
}

/** An error of this library, as a union over its codes: a `switch` over `code` narrows `details`. */
export type AnySmartEnrolmentsError = { [Code in ErrorCode]: SmartEnrolmentsError<Code> }[ErrorCode];

/** Whether this is an error of this library; true across copies of the library in one process. */
export function isSmartEnrolmentsError(error: unknown): error is AnySmartEnrolmentsError;
/** Whether this is an error of this library, and of this code; true across copies of the library in one process. */
export function isSmartEnrolmentsError<Code extends ErrorCode>(
  error: unknown,
  code: Code,
): error is SmartEnrolmentsError<Code>;
export function isSmartEnrolmentsError(error: unknown, code?: ErrorCode): error is AnySmartEnrolmentsError {
  if (typeof error !== 'object' || error === null) return false;
  // What was thrown may be anything, such as a proxy that throws when it is touched.
  return attempt(() => mark in error && (code === undefined || (error as { code?: unknown }).code === code)) ?? false;
}

function messageOf<Code extends ErrorCode>(code: Code, details: ErrorDetails[Code], options: unknown): string {
  if (typeof code !== 'string' || !Object.hasOwn(messages, code)) throw notOf('code', 'expected the code of an error');
  const message = attempt(() => messages[code](details, (options as { cause?: unknown } | undefined)?.cause));
  if (message === undefined) throw notOf('details', `expected the details of ${code}`);
  return message;
}

function notOf(argument: string, message: string): SmartEnrolmentsError {
  return new SmartEnrolmentsError('invalid_input', { issues: [{ code: 'wrong_type', path: [argument], message }] });
}
