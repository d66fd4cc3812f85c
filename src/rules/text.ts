const WHITE_SPACE = /[\s\p{White_Space}]+/gu;
const FORMAT = /\p{Cf}+/gu;
const DASH = /[\p{Pd}\p{Dash}]/gu;
/** Characters and spaces that plain text has none of; text without them only needs upper case. */
const NOT_PLAIN = /[^ -~]|^ | $| {2}/;

/**
 * Folds text for comparison (semantics §7.1): format characters are dropped, then NFKC, dashes become `-`, white space is collapsed and
 * trimmed, and letters are upper-cased without locale. Folding folded text changes nothing.
 */
export function fold(text: string): string {
  // Most values are plain, and a third of the time is enough for them.
  if (!NOT_PLAIN.test(text)) return text.toUpperCase();
  const upper = withoutFormat(text).normalize('NFKC').replace(DASH, '-').replace(WHITE_SPACE, ' ').trim().toUpperCase();
  // Capitals may compose where small letters did not: the capital of U+0390 is three characters, two of which are U+03AA.
  return upper.normalize('NFKC');
}

/**
 * Drops format characters. Between the halves of a surrogate pair one of them stays, or the two halves would become a character, which
 * itself might be one to drop.
 */
function withoutFormat(text: string): string {
  return text.replace(FORMAT, (run, at: number) =>
    isHalf(text, at - 1, 0xd800) && isHalf(text, at + run.length, 0xdc00) ? '\u200b' : '',
  );
}

function isHalf(text: string, at: number, first: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === first;
}
