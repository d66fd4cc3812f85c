const NOT_BLANK = /[^\s\p{White_Space}\p{Cf}]/u;

/** Whether text is empty, or nothing but white space and format characters: whether it folds to nothing. */
export function isBlankText(text: string): boolean {
  return !NOT_BLANK.test(text);
}
