import type { Learner, UnreadableLearner } from '../../../src/core.js';
import { parseInstant } from '../../../src/rules/instant.js';
import { isBlank } from '../../../src/rules/value.js';
import type { Expected } from './column-kind.js';

/** Whether a learner was read as expected; `blocked` is whether the core blocks them. */
export function isReadAs(
  expected: Expected,
  learner: Learner | UnreadableLearner,
  field: string,
  blocked: boolean,
): boolean {
  if (expected.is === 'either') return expected.of.some((one) => isReadAs(one, learner, field, blocked));
  if (expected.is === 'blocked' || blocked || 'unreadable' in learner) return expected.is === 'blocked' && blocked;
  return isValueAs(expected, learner.profile[field]);
}

function isValueAs(expected: Expected, value: unknown): boolean {
  switch (expected.is) {
    case 'value':
      return sameJson(value, expected.value);
    case 'padded':
      return typeof value === 'string' && value.trimEnd() === expected.text.trimEnd();
    case 'instant':
      return typeof value === 'string' && parseInstant(value) === parseInstant(expected.iso);
    case 'blank':
      return (Array.isArray(value) ? value : [value]).every(isBlank);
    case 'list':
      return (
        Array.isArray(value) &&
        value.length === expected.of.length &&
        expected.of.every((one, i) => isValueAs(one, value[i]))
      );
    default:
      return false;
  }
}

/** Treats `-0` as 0, and a missing item of a list as null. */
function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
