/** Some causes repeat a whole statement. */
const LONGEST_CAUSE = 500;

/** What a cause says, after a colon; only a full stop where it says nothing. It may be anything, and may throw when it is asked. */
export function causeText(cause: unknown): string {
  let message: unknown;
  try {
    message = (cause as { readonly message?: unknown } | null | undefined)?.message ?? cause;
  } catch {}
  if (typeof message !== 'string' || message.trim() === '') return '.';
  // Two halves of a letter stay together.
  const letters = Array.from(message.slice(0, 2 * LONGEST_CAUSE + 1));
  const text = letters.length > LONGEST_CAUSE ? `${letters.slice(0, LONGEST_CAUSE).join('')}…` : message;
  return `: ${text}${/[.!?…]$/u.test(text) ? '' : '.'}`;
}
