const TRUE: ReadonlySet<string> = new Set(['true', 't', '1', 'yes', 'y', 'on', '\u0001']);
const FALSE: ReadonlySet<string> = new Set(['false', 'f', '0', 'no', 'n', 'off', '\u0000']);

/** All texts that {@link truth} accepts, in lower case. */
export const TRUTHS: readonly string[] = [...TRUE, ...FALSE].filter((text) => text > '\u0001');

/** The texts that {@link truth} reads as false, in lower case. */
export const FALSEHOODS: readonly string[] = [...FALSE].filter((text) => text > '\u0001');

/** Reads a boolean as databases and their hosts write it (docs/map-your-tables.md); undefined if the value is neither true nor false. */
export function truth(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 1) return true;
  if (value === 0) return false;
  if (typeof value !== 'string') return undefined;
  const text = value.trim().toLowerCase();
  if (TRUE.has(text)) return true;
  return FALSE.has(text) ? false : undefined;
}
