/** The most items of a list in a message. */
export const SHOWN = 10;

/** Returns the first ten ids, quoted, and the number of the others. */
export function list(ids: readonly string[]): string {
  const shown = ids.slice(0, SHOWN).map((id) => JSON.stringify(shorten(id)));
  return ids.length > SHOWN ? `${shown.join(', ')} and ${ids.length - SHOWN} more` : shown.join(', ');
}

/** Cuts long text for a message. */
export function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
