/** Causes are cut to this many characters, because some repeat a whole statement. */
const LONGEST_CAUSE = 500;

/** Returns the message of a cause after a colon, or only a full stop if it has none. A cause may be any value and may throw when it is read. */
export function causeText(cause: unknown): string {
  let message: unknown;
  try {
    message = (cause as { readonly message?: unknown } | null | undefined)?.message ?? cause;
  } catch {}
  if (typeof message !== 'string' || message.trim() === '') return '.';
  // Cut by code point, so that surrogate pairs stay together.
  const characters = Array.from(message.slice(0, 2 * LONGEST_CAUSE + 1));
  const text = characters.length > LONGEST_CAUSE ? `${characters.slice(0, LONGEST_CAUSE).join('')}…` : message;
  return `: ${text}${/[.!?…]$/u.test(text) ? '' : '.'}`;
}
