import type { By } from 'smart-enrolments';

/** The maximum length of an actor or a reason in the library. */
const LONGEST = 200;

const cut = (text: string): string => [...text].slice(0, LONGEST).join('');

/** Returns the actor and the reason of an operation. The library passes both to `onWrite` with every change that follows. */
export function because(actor: string, reason: string): Required<By> {
  return { by: { actor: cut(actor), reason: cut(reason) } };
}
