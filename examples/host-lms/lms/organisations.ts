import type { Lms } from './lms.js';

/** One of those that share the LMS, and see nothing of each other. */
export interface Organisation {
  readonly id: string;
  readonly title: string;
  /** Where its people come from. */
  readonly credit: string;
}

/** Everyone's LMS, by the id of the organisation. */
export interface Organisations {
  readonly all: ReadonlyMap<string, Lms>;
  /** Whose people sign in by their name alone. */
  readonly home: Lms;
}

/** Whose account is meant: `name@organisation`, and at home `name`. A name that is of no organisation is one that nobody has at home. */
export function accountMeant(
  { all, home }: Organisations,
  typed: string,
): { readonly lms: Lms; readonly name: string } {
  const at = typed.lastIndexOf('@');
  const lms = at < 0 ? undefined : all.get(typed.slice(at + 1));
  return lms ? { lms, name: typed.slice(0, at) } : { lms: home, name: typed };
}

/** What is typed for an account. */
export function signInName({ home }: Organisations, { organisation }: Lms, name: string): string {
  return organisation.id === home.organisation.id ? name : `${name}@${organisation.id}`;
}
