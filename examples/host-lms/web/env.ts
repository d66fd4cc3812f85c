import type { Context } from 'hono';
import type { Account } from '../lms/accounts.js';
import type { Lms } from '../lms/lms.js';
import type { Organisations } from '../lms/organisations.js';

/** What every request knows; but for the first, once it is known who asks. */
export interface Env {
  Variables: {
    organisations: Organisations;
    /** Of the organisation whose account it is, and no other is at hand. */
    lms: Lms;
    account: Account;
    token: string;
  };
}

export type Ctx = Context<Env>;
