/** How many of what is listed stand in a message. */
export const SHOWN = 10;

/** Quotes ids for a message, the first ten of them. */
export function list(ids: readonly string[]): string {
  const shown = ids.slice(0, SHOWN).map((id) => JSON.stringify(shorten(id)));
  return ids.length > SHOWN ? `${shown.join(', ')} and ${ids.length - SHOWN} more` : shown.join(', ');
}

/** Long text is cut in messages. */
export function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
