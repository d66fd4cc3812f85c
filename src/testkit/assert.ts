import { canonical } from '../model/canonical.js';
/** Fails unless it holds; says what does not. */
export function holds(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new Error(otherwise);
}

/** Fails unless both are the same plain data; keys may come in any order. */
export function same(found: unknown, expected: unknown, what: string): void {
  const [is, ought] = [canonical(found), canonical(expected)];
  if (is === ought) return;
  let from = 0;
  while (is[from] === ought[from]) from++;
  throw new Error(`${what}: expected ${shorten(ought, from)}, found ${shorten(is, from)}.`);
}

/** Fails unless both lists have the same items, in whatever order. */
export function sameItems(found: readonly unknown[], expected: readonly unknown[], what: string): void {
  same(found.map(canonical).sort(), expected.map(canonical).sort(), what);
}

/** Answers what the promise rejects with; fails where it does not. */
export async function rejection(promise: Promise<unknown>, otherwise: string): Promise<unknown> {
  const resolved = {};
  const error = await promise.then(
    () => resolved,
    (thrown: unknown) => thrown,
  );
  if (error === resolved) throw new Error(otherwise);
  return error;
}

/** Resolves once the promise has ended, however it does. */
export async function ended(promise: Promise<unknown>): Promise<void> {
  await promise.catch(() => undefined);
}

const SHOWN = 200;

/** The text from a little before a place in it. */
function shorten(text: string, from: number): string {
  if (text.length <= SHOWN) return text;
  const start = Math.max(0, from - SHOWN / 4);
  return `${start > 0 ? '…' : ''}${text.slice(start, start + SHOWN)}${start + SHOWN < text.length ? '…' : ''}`;
}
