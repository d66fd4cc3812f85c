const NOT_BLANK = /[^\s\p{White_Space}\p{Cf}]/u;

/** Returns whether text is empty or consists only of white space and format characters, that is, whether it folds to nothing. */
export function isBlankText(text: string): boolean {
  return !NOT_BLANK.test(text);
}
