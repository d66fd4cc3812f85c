import type { z } from 'zod';
import type { Ctx } from './env.js';

/** Fields that stand once; those that repeat are asked of the form data. */
export type Typed = Readonly<Record<string, string>>;

/** What is wrong, by the name of the field. */
export type Problems = Readonly<Record<string, string | undefined>>;

/** Reads a form: what was typed, the text of each field. */
export async function readForm(c: Ctx): Promise<{ data: FormData; typed: Typed }> {
  const data = await c.req.formData();
  const texts = [...data].filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return { data, typed: Object.fromEntries(texts) };
}

/** Checks what was typed: the first sentence about each field that is wrong. */
export function check<Out>(
  schema: z.ZodType<Out>,
  typed: unknown,
): { readonly ok: true; readonly data: Out } | { readonly ok: false; readonly problems: Problems } {
  const found = schema.safeParse(typed);
  if (found.success) return { ok: true, data: found.data };
  const problems: Record<string, string> = {};
  for (const { path, message } of found.error.issues) problems[String(path[0])] ??= message;
  return { ok: false, problems };
}
