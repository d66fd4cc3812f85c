import type { Scalar } from '../../../../src/core.js';
import type { SqlParameter } from '../../../../src/sql/index.js';
import type { Expected, Sample } from '../column-kind.js';

export const BLANK: Expected = { is: 'blank' };
export const BLOCKED: Expected = { is: 'blocked' };

export const value = (of: Scalar | readonly Scalar[]): Expected => ({ is: 'value', value: of });
export const instant = (iso: string): Expected => ({ is: 'instant', iso });
export const either = (...of: readonly Expected[]): Expected => ({ is: 'either', of });

/** Creates a sample from a stored value and the expected reading. */
export function sample(stored: SqlParameter, expected: Expected): Sample {
  return { stored, expected };
}
