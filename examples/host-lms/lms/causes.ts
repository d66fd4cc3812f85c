import type { By } from 'smart-enrolments';

/** The longest text that the library takes of an actor or a reason. */
const LONGEST = 200;

/** Names who does something, and what: the library hands both to `onWrite`, with every change that follows. */
export function because(actor: string, reason: string): Required<By> {
  return { by: { actor: actor.slice(0, LONGEST), reason: reason.slice(0, LONGEST) } };
}
