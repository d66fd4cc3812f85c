import * as z from 'zod/mini';
import type { InputIssue } from '../errors/smart-enrolments-error.js';
import { tooLong } from './id.js';
import type { Issues } from './issues.js';
import { newName } from './old-names.js';
import { NO_SUCH_KEY } from './only-keys.js';
import { at, type Place } from './place.js';
import { ID_LENGTH, LIST_LENGTH, TEXT_LENGTH } from './size-limits.js';

// The error text of every schema names what is expected; `check` builds the message from it.

const anyId = z.string('an id (text)').check(z.maxLength(ID_LENGTH));

/** An id of this kind. */
export function id<Kind extends string>(): z.ZodMiniType<Kind> {
  return anyId as unknown as z.ZodMiniType<Kind>;
}

/** Gives a refinement the code of its issue; the error is the whole message. */
export function issueCode(code: InputIssue['code']): { readonly code: InputIssue['code'] } {
  return { code };
}

/** A title, or another short text. */
export const text: z.ZodMiniType<string> = z.string('text').check(z.maxLength(TEXT_LENGTH));
/** A number of things. */
export const count: z.ZodMiniType<number> = z.int('a count (0, 1, 2, …)').check(z.minimum(0));

/** Freezes the copy. zod's own `readonly` would freeze an invalid input. */
export function frozen<Shape>(schema: z.ZodMiniType<Shape>): z.ZodMiniType<Readonly<Shape>> {
  return z.pipe(
    schema,
    z.transform((value) => Object.freeze(value)),
  );
}

/** A list; its entries are read only if it is not too long. */
export function listOf<Entry>(entry: z.ZodMiniType<Entry>): z.ZodMiniType<readonly Entry[]> {
  const bounded = z.custom<readonly unknown[]>(
    (value) => Array.isArray(value) && value.length <= LIST_LENGTH,
    'a list',
  );
  return frozen(z.pipe(bounded, z.array(entry)));
}

/** A value that a hand-written reader checks later; here it only has to be present. */
export function later<Value>(expected: string): z.ZodMiniType<Value> {
  return z.custom<Value>((value) => value !== undefined, expected);
}

/** A callback. */
export function callback<Callback>(): z.ZodMiniType<Callback> {
  return z.custom<Callback>((value) => typeof value === 'function', 'a function');
}

/** Returns the schema's copy of a value, or adds its issues. */
export function check<Value>(
  schema: z.ZodMiniType<Value>,
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
