import type { Lms } from './lms.js';

/** One of the organisations that share the LMS and cannot see each other. */
export interface Organisation {
  readonly id: string;
  readonly title: string;
  /** The source of its people. */
  readonly credit: string;
}

/** The LMS of each organisation, by the id of the organisation. */
export interface Organisations {
  readonly all: ReadonlyMap<string, Lms>;
  /** The organisation whose people sign in with only their name. */
  readonly home: Lms;
}

/**
 * Splits what a user typed: `name@organisation`, or `name` of the home organisation. If the organisation is unknown, the whole text
 * counts as a name of the home organisation, where no account has it.
 */
export function accountMeant(
  { all, home }: Organisations,
  typed: string,
): { readonly lms: Lms; readonly name: string } {
  const at = typed.lastIndexOf('@');
  const lms = at < 0 ? undefined : all.get(typed.slice(at + 1));
  return lms ? { lms, name: typed.slice(0, at) } : { lms: home, name: typed };
}

/** The text that a user types for an account. */
export function signInName({ home }: Organisations, { organisation }: Lms, name: string): string {
  return organisation.id === home.organisation.id ? name : `${name}@${organisation.id}`;
}
