import type { By } from 'smart-enrolments';

/** The longest text that the library accepts for an actor or a reason. */
const LONGEST = 200;

const cut = (text: string): string => [...text].slice(0, LONGEST).join('');

/** Names who does something, and what: the library hands both to `onWrite`, with every change that follows. */
export function because(actor: string, reason: string): Required<By> {
  return { by: { actor: cut(actor), reason: cut(reason) } };
}
