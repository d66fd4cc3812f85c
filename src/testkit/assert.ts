import { canonical } from '../text/canonical.js';

/** Throws an error with this message unless the condition holds. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** Fails unless both are equal as plain data; the order of keys does not matter. */
export function assertEqual(found: unknown, expected: unknown, what: string): void {
  const [actual, wanted] = [canonical(found), canonical(expected)];
  if (actual === wanted) return;
  let from = 0;
  while (actual[from] === wanted[from]) from++;
  throw new Error(`${what}: expected ${shorten(wanted, from)}, found ${shorten(actual, from)}.`);
}

/** Fails unless both lists have the same items, in any order. */
export function assertSameItems(found: readonly unknown[], expected: readonly unknown[], what: string): void {
  assertEqual(found.map(canonical).sort(), expected.map(canonical).sort(), what);
}

/** Resolves with the error that the promise rejects with; rejects with this message if it resolves. */
export async function rejectionOf(promise: Promise<unknown>, message: string): Promise<unknown> {
  const resolved = {};
  const error = await promise.then(
    () => resolved,
    (thrown: unknown) => thrown,
  );
  if (error === resolved) throw new Error(message);
  return error;
}

/** Resolves once the promise has resolved or rejected. */
export async function settled(promise: Promise<unknown>): Promise<void> {
  await promise.catch(() => undefined);
}

const SHOWN = 200;

/** An excerpt of a long text that begins a little before `from`. */
function shorten(text: string, from: number): string {
  if (text.length <= SHOWN) return text;
  const start = Math.max(0, from - SHOWN / 4);
  return `${start > 0 ? '…' : ''}${text.slice(start, start + SHOWN)}${start + SHOWN < text.length ? '…' : ''}`;
}
