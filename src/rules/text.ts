const WHITE_SPACE = /[\s\p{White_Space}]+/gu;

/** Folds text for comparison: NFKC, white space collapsed and trimmed, upper-cased without locale (semantics §7.1). */
export function fold(text: string): string {
  return text.normalize('NFKC').replace(WHITE_SPACE, ' ').trim().toUpperCase();
}
