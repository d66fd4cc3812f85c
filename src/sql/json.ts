import { refused } from './identifier.js';

/** Half of a surrogate pair, or NUL: no text in most databases. JSON writes both as escapes, and a backslash before one as two. */
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/iu;

/** JSON as a parameter. Text that a database cannot store is refused here, by name. */
export function jsonOf(value: unknown): string {
  const json = JSON.stringify(value);
  const found = json.includes('\\u') && UNSTORABLE.exec(json);
  if (found) {
    const around = json.slice(Math.max(0, found.index - 40), found.index + found[0].length + 20);
    throw refused(
      'text',
      `No database stores text with NUL or half of a surrogate pair in it, as there is in ${around}.`,
    );
  }
  return json;
}
