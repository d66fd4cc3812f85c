import { createMiddleware } from 'hono/factory';
import { accountOf } from '../lms/accounts.js';
import { notFound } from './answer.js';
import type { Env } from './env.js';
import { sessionIn } from './session.js';

/** Rejects requests without a signed-in user. */
export const signedIn = createMiddleware<Env>(async (c, next) => {
  const session = sessionIn(c);
  const account = session && (await accountOf(session.lms.db, session.token));
  if (!session || !account) {
    // A part of a page cannot show the sign-in page, so the whole page goes there.
    if (c.req.header('HX-Request')) return c.body(null, 401, { 'HX-Redirect': '/sign-in' });
    return c.redirect('/sign-in', 303);
  }
  c.set('lms', session.lms);
  c.set('account', account);
  c.set('token', session.token);
  c.header('Cache-Control', 'no-store');
  await next();
});

/** Learners cannot see pages of admins, not even that they exist. */
export const forAdmins = createMiddleware<Env>(async (c, next) => {
  if (c.get('account').role !== 'admin') return notFound(c);
  await next();
});

/** Only learners have pages of their own courses. */
export const forLearners = createMiddleware<Env>(async (c, next) => {
  if (c.get('account').person === null) return notFound(c);
  await next();
});
