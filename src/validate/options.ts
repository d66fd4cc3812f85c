import * as z from 'zod';
import type { CourseId, Fingerprint, LearnerId } from '../model/ids.js';
import type { By, Confirm, Limit, ReconcileScope, RunOptions, SmartEnrolmentsOptions } from '../model/options.js';
import { isBlankText } from '../text/blank-text.js';
import { exact } from './exact.js';
import { BATCH_SIZE, BY_LENGTH } from './limits.js';
import { callback, count, frozen, id, issueCode, listOf } from './schema.js';

const A_LIMIT = 'a limit: a count, or { fraction: 0 to 1, atLeast?: a count }';

const fraction = z.number('a fraction from 0 to 1').min(0).max(1);

const fractionSchema = frozen(z.strictObject({ fraction, atLeast: count.optional() }, A_LIMIT));

/** A limit. The schema is chosen by the value's type, so that issues refer to the form that the caller used. */
export const limitSchema: z.ZodType<Limit> = exact<Limit>()(
  z.unknown().transform((value, context): Limit => {
    const result = (typeof value === 'number' ? count : fractionSchema).safeParse(value, { reportInput: true });
    if (result.success) return result.data;
    for (const issue of result.error.issues)
      context.issues.push({ ...issue, input: issue.input } as z.core.$ZodRawIssue);
    return z.NEVER;
  }),
);

const limitsSchema = frozen(
  z.strictObject({ unenrolments: limitSchema.optional(), archives: limitSchema.optional() }, 'limits (an object)'),
);

const A_BATCH = `a whole number from 1 to ${BATCH_SIZE.toLocaleString('en-GB')}`;

/** The options of `createSmartEnrolments`. */
export const optionsSchema: z.ZodType<SmartEnrolmentsOptions> = exact<SmartEnrolmentsOptions>()(
  frozen(
    z.strictObject(
      {
        inactive: z.enum(['freeze', 'unenrol'], '"freeze" or "unenrol"').optional(),
        limits: limitsSchema.optional(),
        batchSize: z.int(A_BATCH).min(1).max(BATCH_SIZE).optional(),
        clock: callback<NonNullable<SmartEnrolmentsOptions['clock']>>().optional(),
      },
      'options (an object)',
    ),
  ),
);

const signal = z.custom<AbortSignal>((value) => {
  const { aborted, throwIfAborted } = Object(value) as Partial<AbortSignal>;
  return typeof aborted === 'boolean' && typeof throwIfAborted === 'function';
}, 'an AbortSignal');

const run = {
  signal: signal.optional(),
  onProgress: callback<NonNullable<RunOptions['onProgress']>>().optional(),
  onDiff: callback<NonNullable<RunOptions['onDiff']>>().optional(),
  confirm: id<Fingerprint>().optional(),
};

/** What no database stores as text. */
const UNSTORABLE = /\0|\p{Surrogate}/u;

const shortText = z
  .string('text')
  .max(BY_LENGTH)
  .refine((value) => !isBlankText(value), { error: 'must not be blank', params: issueCode('blank_value') })
  .refine((value) => !UNSTORABLE.test(value), {
    error: 'must not contain NUL or half of a surrogate pair',
    params: issueCode('wrong_type'),
  });

const by = frozen(z.strictObject({ actor: shortText, reason: shortText.optional() }, '{ actor, reason? }'));

/** The options of every operation. */
export type RunInput = RunOptions & Confirm;

/** The schema of {@link RunInput}. */
export const runSchema: z.ZodType<Flat<RunInput>> = exact<Flat<RunInput>>()(
  frozen(z.strictObject(run, 'options (an object)')),
);

/** The options of an operation that can name who started it. */
export type OperationInput = RunInput & By;

/** The schema of {@link OperationInput}. */
export const operationSchema: z.ZodType<Flat<OperationInput>> = exact<Flat<OperationInput>>()(
  frozen(z.strictObject({ ...run, by: by.optional() }, 'options (an object)')),
);

/** The options of a reconcile. */
export type ReconcileInput = OperationInput & ReconcileScope;

/** The schema of {@link ReconcileInput}. */
export const reconcileSchema: z.ZodType<Flat<ReconcileInput>> = exact<Flat<ReconcileInput>>()(
  frozen(
    z.strictObject(
      {
        ...run,
        by: by.optional(),
        after: id<LearnerId>().optional(),
        upTo: id<LearnerId>().optional(),
        courses: listOf(id<CourseId>()).optional(),
      },
      'options (an object)',
    ),
  ),
);

/** The properties of an intersection, in one object. */
export type Flat<Type> = { readonly [Key in keyof Type]: Type[Key] };
