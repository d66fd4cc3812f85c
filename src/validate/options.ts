import * as z from 'zod/mini';
import type { CourseId, Fingerprint, LearnerId } from '../model/ids.js';
import type { By, Confirm, Limit, ReconcileScope, RunOptions, SmartEnrolmentsOptions } from '../model/options.js';
import { isBlankText } from '../text/blank-text.js';
import { exact } from './exact.js';
import { callback, count, frozen, id, issueCode, listOf } from './schema.js';
import { BATCH_SIZE, BY_LENGTH } from './size-limits.js';

const A_LIMIT = 'a limit: a count, or { fraction: 0 to 1, atLeast?: a count }';

const fraction = z.number('a fraction from 0 to 1').check(z.minimum(0), z.maximum(1));

const fractionSchema = frozen(z.strictObject({ fraction, atLeast: z.optional(count) }, A_LIMIT));

/** A limit. The schema is chosen by the value's type, so that issues refer to the form that the caller used. */
export const limitSchema: z.ZodMiniType<Limit> = exact<Limit>()(
  z.transform((value, context): Limit => {
    const result = (typeof value === 'number' ? count : fractionSchema).safeParse(value, { reportInput: true });
    if (result.success) return result.data;
    for (const issue of result.error.issues)
      context.issues.push({ ...issue, input: issue.input } as z.core.$ZodRawIssue);
    return z.NEVER;
  }),
);

const limitsSchema = frozen(
  z.strictObject({ unenrolments: z.optional(limitSchema), archives: z.optional(limitSchema) }, 'limits (an object)'),
);

const A_BATCH = `a whole number from 1 to ${BATCH_SIZE.toLocaleString('en-GB')}`;

/** The options of `createSmartEnrolments`. */
export const optionsSchema: z.ZodMiniType<SmartEnrolmentsOptions> = exact<SmartEnrolmentsOptions>()(
  frozen(
    z.strictObject(
      {
        inactive: z.optional(z.enum(['freeze', 'unenrol'], '"freeze" or "unenrol"')),
        limits: z.optional(limitsSchema),
        batchSize: z.optional(z.int(A_BATCH).check(z.minimum(1), z.maximum(BATCH_SIZE))),
        clock: z.optional(callback<NonNullable<SmartEnrolmentsOptions['clock']>>()),
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
  signal: z.optional(signal),
  onProgress: z.optional(callback<NonNullable<RunOptions['onProgress']>>()),
  onDiff: z.optional(callback<NonNullable<RunOptions['onDiff']>>()),
  confirm: z.optional(id<Fingerprint>()),
};

/** What no database stores as text. */
const UNSTORABLE = /\0|\p{Surrogate}/u;

const shortText = z.string('text').check(
  z.maxLength(BY_LENGTH),
  z.refine((value) => !isBlankText(value), { error: 'must not be blank', params: issueCode('blank_value') }),
  z.refine((value) => !UNSTORABLE.test(value), {
    error: 'must not contain NUL or half of a surrogate pair',
    params: issueCode('wrong_type'),
  }),
);

const by = frozen(z.strictObject({ actor: shortText, reason: z.optional(shortText) }, '{ actor, reason? }'));

/** The options of every operation. */
export type RunInput = RunOptions & Confirm;

/** The schema of {@link RunInput}. */
export const runSchema: z.ZodMiniType<Flat<RunInput>> = exact<Flat<RunInput>>()(
  frozen(z.strictObject(run, 'options (an object)')),
);

/** The options of an operation that can name who started it. */
export type OperationInput = RunInput & By;

/** The schema of {@link OperationInput}. */
export const operationSchema: z.ZodMiniType<Flat<OperationInput>> = exact<Flat<OperationInput>>()(
  frozen(z.strictObject({ ...run, by: z.optional(by) }, 'options (an object)')),
);

/** The options of a reconcile. */
export type ReconcileInput = OperationInput & ReconcileScope;

/** The schema of {@link ReconcileInput}. */
export const reconcileSchema: z.ZodMiniType<Flat<ReconcileInput>> = exact<Flat<ReconcileInput>>()(
  frozen(
    z.strictObject(
      {
        ...run,
        by: z.optional(by),
        after: z.optional(id<LearnerId>()),
        upTo: z.optional(id<LearnerId>()),
        courses: z.optional(listOf(id<CourseId>())),
      },
      'options (an object)',
    ),
  ),
);

/** The properties of an intersection, in one object. */
export type Flat<Type> = { readonly [Key in keyof Type]: Type[Key] };
