import type { Context } from 'hono';
import type { Account } from '../lms/accounts.js';
import type { Lms } from '../lms/lms.js';

/** What every request knows. */
export interface Env {
  Variables: { lms: Lms; account: Account; token: string };
}

export type Ctx = Context<Env>;
