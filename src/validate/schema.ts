import * as z from 'zod';
import type { InputIssue } from '../errors/smart-enrolments-error.js';
import { tooLong } from './id.js';
import type { Issues } from './issues.js';
import { ID_LENGTH, LIST_LENGTH, TEXT_LENGTH } from './limits.js';
import { newName } from './old-names.js';
import { NO_SUCH_KEY } from './only-keys.js';
import { at, type Place } from './place.js';

// The error text of every schema names what is expected; `check` builds the message from it.

const anyId = z.string('an id (text)').max(ID_LENGTH);

/** An id of this kind. */
export function id<Kind extends string>(): z.ZodType<Kind> {
  return anyId as unknown as z.ZodType<Kind>;
}

/** Gives a refinement the code of its issue; the error is the whole message. */
export function issueCode(code: InputIssue['code']): { readonly code: InputIssue['code'] } {
  return { code };
}

/** A title, or another short text. */
export const text: z.ZodType<string> = z.string('text').max(TEXT_LENGTH);
/** A number of things. */
export const count: z.ZodType<number> = z.int('a count (0, 1, 2, …)').min(0);

/** Freezes the copy. zod's own `readonly` would freeze an invalid input. */
export function frozen<Shape>(
  schema: z.ZodType<Shape>,
): z.ZodPipe<typeof schema, z.ZodTransform<Readonly<Shape>, Shape>> {
  return schema.transform((value) => Object.freeze(value));
}

/** A list; its entries are read only if it is not too long. */
export function listOf<Entry>(entry: z.ZodType<Entry>): z.ZodType<readonly Entry[]> {
  const bounded = z.custom<readonly unknown[]>(
    (value) => Array.isArray(value) && value.length <= LIST_LENGTH,
    'a list',
  );
  return frozen(bounded.pipe(z.array(entry)));
}

/** A value that a hand-written reader checks later; here it only has to be present. */
export function later<Value>(expected: string): z.ZodType<Value> {
  return z.custom<Value>((value) => value !== undefined, expected);
}

/** A callback. */
export function callback<Callback>(): z.ZodType<Callback> {
  return z.custom<Callback>((value) => typeof value === 'function', 'a function');
}

/** Returns the schema's copy of a value, or adds its issues. */
export function check<Value>(
  schema: z.ZodType<Value>,
  value: unknown,
  place: Place | undefined,
  issues: Issues,
): Value | undefined {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  for (const issue of result.error.issues) translate(issue, place, issues);
  return undefined;
}

function translate(issue: z.core.$ZodIssue, start: Place | undefined, issues: Issues): void {
  let place = start;
  for (const step of issue.path) place = at(place, typeof step === 'number' ? step : String(step));
  switch (issue.code) {
    case 'unrecognized_keys':
      for (const key of issue.keys) issues.add('unknown_key', at(place, key), newName(place, key) ?? NO_SUCH_KEY);
      return;
    case 'too_big':
      if (typeof issue.input !== 'string') break;
      issues.add('too_long', place, tooLong(Number(issue.maximum), issue.input.length, 'characters'));
      return;
    case 'custom':
      if (issue.params?.code !== undefined) {
        issues.add(issue.params.code as InputIssue['code'], place, issue.message);
        return;
      }
      if (!Array.isArray(issue.input)) break;
      issues.add('too_long', place, tooLong(LIST_LENGTH, issue.input.length, 'entries'));
      return;
  }
  // For a union, the input is the whole value and the path leads to the discriminator.
  const found = issue.code === 'invalid_union' ? (issue.input as { readonly type?: unknown }).type : issue.input;
  issues.wrongType(issue.message, found, place);
}
