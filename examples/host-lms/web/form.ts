import { HTTPException } from 'hono/http-exception';
import type { z } from 'zod';
import type { Ctx } from './env.js';

/** Fields that occur once; repeated fields are read from the form data. */
export type Typed = Readonly<Record<string, string>>;

/** Errors by the name of the field. */
export type Problems = Readonly<Record<string, string | undefined>>;

export const MOST_FIELDS = 5_000;

/** Reads a form: the text of each field, as typed. */
export async function readForm(c: Ctx): Promise<{ data: FormData; typed: Typed }> {
  const data = await c.req.formData().catch(() => {
    throw new HTTPException(400, { message: 'It is no form.' });
  });
  // Pages render each line of a rule with all choices, so the number of fields is limited.
  if ([...data.keys()].length > MOST_FIELDS) throw new HTTPException(413);
  const texts = [...data].filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  // No database stores it, and no browser sends it.
  if (texts.some(([, text]) => text.includes('\0')))
    throw new HTTPException(400, { message: 'Text has no NUL in it.' });
  return { data, typed: Object.fromEntries(texts) };
}

/** The requested page of a list. */
export function pageAsked(c: Ctx): number {
  const asked = Math.trunc(Number(c.req.query('page') ?? 1));
  return asked >= 1 && asked <= 1_000_000 ? asked : 1;
}

/** Checks the input; returns the first error of each invalid field. */
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
