/** Sixteen digits where a number can begin: only such numbers may have more digits than a JavaScript number. */
const LONG_NUMBER = /(?:^|[[,:])\s*-?\d{16}/u;
/** A string, which is skipped, or a number. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/gu;

/**
 * Parses JSON text, and returns as text each whole number that JavaScript cannot represent, such as 9007199254740993: a value that differs from
 * the stored one would be worse than one that is reported as malformed.
 */
export function parseExact<T>(json: string): T {
  return JSON.parse(LONG_NUMBER.test(json) ? json.replace(TOKEN, exactToken) : json) as T;
}

function exactToken(token: string): string {
  return token.startsWith('"') || isKept(token) ? token : `"${token}"`;
}

/** Whether JavaScript represents a number without a change. A fraction may be rounded, as a `double` is everywhere. */
function isKept(token: string): boolean {
  const number = Number(token);
  if (Math.abs(number) <= Number.MAX_SAFE_INTEGER || /[eE]/u.test(token)) return true;
  // Infinity is malformed for every type of field; text would not be.
  if (!Number.isFinite(number)) return true;
  const [whole = '', fraction = ''] = token.split('.');
  return /^0*$/u.test(fraction) && (whole === String(number) || BigInt(whole) === BigInt(number));
}
