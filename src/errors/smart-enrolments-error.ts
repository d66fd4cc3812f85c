import { attempt } from './attempt.js';
import type { ErrorCode, ErrorDetails } from './details.js';
import { messages } from './messages.js';

export type { LimitExceeded } from '../model/diff.js';
export type { ErrorCode, ErrorDetails, InputIssue } from './details.js';

const mark = Symbol.for('smart-enrolments.error');

/** The one error class of this library: `code` identifies the problem, `details` has the ids. */
export class SmartEnrolmentsError<Code extends ErrorCode = ErrorCode> extends Error {
  /** Always `SmartEnrolmentsError`. */
  override readonly name = 'SmartEnrolmentsError';
  /** Identifies the problem. */
  readonly code: Code;
  /** The ids and other facts; the shape depends on the code. */
  readonly details: ErrorDetails[Code];

  /**
   * Creates an error with the message of its code. Hosts create only `catalog_conflict`.
   * @throws `invalid_input` if the code does not exist, or if the details do not fit the code.
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

/** Returns whether this is an error of this library; recognises errors of other copies of the library in the same process. */
export function isSmartEnrolmentsError(error: unknown): error is AnySmartEnrolmentsError;
/** Returns whether this is an error of this library with this code; recognises errors of other copies of the library in the same process. */
export function isSmartEnrolmentsError<Code extends ErrorCode>(
  error: unknown,
  code: Code,
): error is SmartEnrolmentsError<Code>;
export function isSmartEnrolmentsError(error: unknown, code?: ErrorCode): error is AnySmartEnrolmentsError {
  if (typeof error !== 'object' || error === null) return false;
  // Any value can be thrown, even a proxy that throws on every access.
  return attempt(() => mark in error && (code === undefined || (error as { code?: unknown }).code === code)) ?? false;
}

function messageOf<Code extends ErrorCode>(code: Code, details: ErrorDetails[Code], options: unknown): string {
  if (typeof code !== 'string' || !Object.hasOwn(messages, code))
    throw invalid('code', 'expected the code of an error');
  const message = attempt(() => messages[code](details, (options as { cause?: unknown } | undefined)?.cause));
  if (message === undefined) throw invalid('details', `expected the details of ${code}`);
  return message;
}

function invalid(argument: string, message: string): SmartEnrolmentsError {
  return new SmartEnrolmentsError('invalid_input', { issues: [{ code: 'wrong_type', path: [argument], message }] });
}
