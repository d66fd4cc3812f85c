import * as z from 'zod/mini';
import { SmartEnrolmentsError } from '../errors/smart-enrolments-error.js';
import type { Edit } from '../model/catalog.js';
import type { Fingerprint } from '../model/ids.js';
import { readEdits } from './edit.js';
import { exact } from './exact.js';
import { parse } from './issues.js';
import { at } from './place.js';
import { type RuleReading, readingOf } from './rule.js';
import { check, count, frozen, id, later, text } from './schema.js';

/** The parts of a plan that are read. Hosts store plans, so another version may have written the rest. */
export interface StoredPlan {
  readonly format: 1;
  readonly edits: readonly Edit[];
  readonly revision: number;
  /** Set in a plan that undoes an operation; the fingerprint covers it. This version creates no such plans and treats them as stale. */
  readonly undoes?: string;
  readonly fingerprint: Fingerprint;
}

/** A plan; its edits are read separately, and other keys are dropped. */
export const planSchema: z.ZodMiniType<StoredPlan> = exact<StoredPlan>()(
  frozen(
    z.object(
      {
        format: z.literal(1, 'the format 1'),
        edits: later<readonly Edit[]>('a list of edits'),
        revision: count,
        undoes: z.optional(text),
        fingerprint: id<Fingerprint>(),
      },
      'a plan',
    ),
  ),
);

const fingerprintSchema = z.object({ fingerprint: id<Fingerprint>() }, 'a plan');

/**
 * Copies the parts of a plan that are read.
 * @throws `invalid_input` for a plan without a fingerprint; `plan_stale` for a plan that cannot be read, with a cause that lists every issue.
 */
export function parsePlan(value: unknown): StoredPlan {
  const { fingerprint: planned } = parse((issues) => check(fingerprintSchema, value, undefined, issues));
  try {
    return parse((issues) => readPlan(value, readingOf(issues, true)));
  } catch (cause) {
    throw new SmartEnrolmentsError('plan_stale', { changed: 'format', planned }, { cause });
  }
}

function readPlan(value: unknown, reading: RuleReading): StoredPlan | undefined {
  const plan = check(planSchema, value, undefined, reading.issues);
  const given = plan ? plan.edits : (value as { readonly edits?: unknown }).edits;
  const edits = given === undefined ? undefined : readEdits(given, at(undefined, 'edits'), reading);
  return plan && edits && Object.freeze({ ...plan, edits });
}
