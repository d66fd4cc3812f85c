import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Lms } from '../lms/lms.js';
import type { Ctx } from './env.js';

const COOKIE = 'lms_session';

/** A session token and the organisation in which it was opened. Other organisations do not know the token. */
export interface Session {
  readonly lms: Lms;
  readonly token: string;
}

/** Returns the session that a request names. The organisation decides whether it is open. */
export function sessionIn(c: Ctx): Session | undefined {
  const [organisation = '', token = ''] = (getCookie(c, COOKIE) ?? '').split('.');
  const lms = c.get('organisations').all.get(organisation);
  return lms && { lms, token };
}

export function keepSession(c: Ctx, { lms, token }: Session): void {
  setCookie(c, COOKIE, `${lms.organisation.id}.${token}`, { httpOnly: true, sameSite: 'Lax', path: '/' });
}

export function dropSession(c: Ctx): void {
  deleteCookie(c, COOKIE, { path: '/' });
}
