import type { Context } from 'hono';
import type { Account } from '../lms/accounts.js';
import type { Lms } from '../lms/lms.js';
import type { Organisations } from '../lms/organisations.js';

/** Variables of every request. All but the first are set once the user is known. */
export interface Env {
  Variables: {
    organisations: Organisations;
    /** The LMS of the account's organisation; requests cannot reach another one. */
    lms: Lms;
    account: Account;
    token: string;
  };
}

export type Ctx = Context<Env>;
