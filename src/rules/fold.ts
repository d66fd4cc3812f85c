const WHITE_SPACE = /[\s\p{White_Space}]+/gu;
const FORMAT = /\p{Cf}+/gu;
const DASH = /[\p{Pd}\p{Dash}]/gu;
/** Matches text that needs more than upper case: it has other characters than printable ASCII, or spaces that folding removes. */
const NOT_PLAIN = /[^ -~]|^ | $| {2}/;

/**
 * Folds text for comparison (semantics §7.1): format characters are dropped, then NFKC, dashes become `-`, white space is collapsed and
 * trimmed, and letters are upper-cased without locale. Folding folded text changes nothing.
 */
export function fold(text: string): string {
  // Most values are plain; this path takes a third of the time.
  if (!NOT_PLAIN.test(text)) return text.toUpperCase();
  const upper = withoutFormat(text).normalize('NFKC').replace(DASH, '-').replace(WHITE_SPACE, ' ').trim().toUpperCase();
  // Capitals may compose although small letters do not: the capital of U+0390 is three characters, two of which compose to U+03AA.
  return upper.normalize('NFKC');
}

/**
 * Drops format characters. Between two surrogates one of them stays; otherwise the surrogates would combine into a character, which might
 * itself have to be dropped.
 */
function withoutFormat(text: string): string {
  return text.replace(FORMAT, (run, at: number) =>
    isHalf(text, at - 1, 0xd800) && isHalf(text, at + run.length, 0xdc00) ? '\u200b' : '',
  );
}

function isHalf(text: string, at: number, first: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === first;
}
