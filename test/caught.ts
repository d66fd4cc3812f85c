import { type ErrorCode, isSmartEnrolmentsError } from '../src/errors/smart-enrolments-error.js';

/** The code and details of the error that this throws; what is not of this library passes. */
export function caught(work: () => unknown): { code: ErrorCode; details: unknown } | undefined {
  try {
    work();
  } catch (error) {
    if (!isSmartEnrolmentsError(error)) throw error;
    return { code: error.code, details: error.details };
  }
  return undefined;
}
