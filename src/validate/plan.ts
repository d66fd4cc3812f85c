import * as z from 'zod';
import type { Edit } from '../model/catalog.js';
import type { Blocked, CourseSummary, Plan, Summary } from '../model/diff.js';
import type { CourseId, Fingerprint, LearnerId, LinkId } from '../model/ids.js';
import { readEdits } from './edit.js';
import { exact } from './exact.js';
import { at } from './place.js';
import type { RuleReading } from './rule.js';
import { check, count, frozen, id, later, listOf } from './schema.js';

/** Text of the library's own, as long as a host's ids make it. */
function own<Text extends string>(): z.ZodType<Text> {
  return z.string('text') as unknown as z.ZodType<Text>;
}

const blockedSchema: z.ZodType<Blocked> = exact<Blocked>()(
  frozen(
    z.union([
      z.strictObject({ kind: z.enum(['inert-link', 'broken-link']), linkId: own<LinkId>(), reason: own<string>() }),
      z.strictObject({
        kind: z.enum(['invalid-learner', 'inactive-learner']),
        learnerId: own<LearnerId>(),
        reason: own<string>(),
      }),
    ]),
  ),
);

const courseSchema: z.ZodType<CourseSummary> = exact<CourseSummary>()(
  frozen(
    z.strictObject(
      { courseId: own<CourseId>(), enrolled: count, resumed: count, unenrolled: count, archived: count },
      "a course's counts",
    ),
  ),
);

/** A summary. */
export const summarySchema: z.ZodType<Summary> = exact<Summary>()(
  frozen(
    z.strictObject(
      {
        learners: count,
        assigned: count,
        released: count,
        enrolled: count,
        resumed: count,
        unenrolled: count,
        archived: count,
        kept: count,
        courses: listOf(courseSchema),
        blocked: listOf(blockedSchema),
        blockedTotal: count,
      },
      'a summary',
    ),
  ),
);

/** A plan, its edits yet to be read. */
export const planSchema: z.ZodType<Plan> = exact<Plan>()(
  frozen(
    z.strictObject(
      {
        edits: later<readonly Edit[]>('a list of edits'),
        revision: count,
        fingerprint: id<Fingerprint>(),
        summary: summarySchema,
      },
      'a plan',
    ),
  ),
);

/** Copies a plan, or adds what is wrong with it. */
export function readPlan(value: unknown, reading: RuleReading): Plan | undefined {
  const plan = check(planSchema, value, undefined, reading.issues);
  const given = plan ? plan.edits : (value as { readonly edits?: unknown }).edits;
  const edits = given === undefined ? undefined : readEdits(given, at(undefined, 'edits'), reading);
  return plan && edits && Object.freeze({ ...plan, edits });
}
