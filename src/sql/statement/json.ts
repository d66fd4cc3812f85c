import { invalidOption } from './identifier.js';

/** NUL or an unpaired surrogate, which most databases cannot store. JSON escapes both, and writes a backslash before one as two. */
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/iu;

/** JSON as a parameter. @throws `invalid_input` for text that a database cannot store; the error quotes it. */
export function jsonOf(value: unknown): string {
  const json = JSON.stringify(value);
  const found = json.includes('\\u') && UNSTORABLE.exec(json);
  if (found) {
    const around = json.slice(Math.max(0, found.index - 40), found.index + found[0].length + 20);
    throw invalidOption(
      'text',
      `databases cannot store text with NUL or an unpaired surrogate; remove it from ${around}`,
    );
  }
  return json;
}
