import { createMiddleware } from 'hono/factory';
import { accountOf } from '../lms/accounts.js';
import { notFound } from './answer.js';
import type { Env } from './env.js';
import { sessionIn } from './session.js';

/** Lets nobody pass who is not signed in. */
export const signedIn = createMiddleware<Env>(async (c, next) => {
  const session = sessionIn(c);
  const account = session && (await accountOf(session.lms.db, session.token));
  if (!session || !account) {
    // A part of a page cannot show the sign-in: the whole page goes there.
    if (c.req.header('HX-Request')) return c.body(null, 401, { 'HX-Redirect': '/sign-in' });
    return c.redirect('/sign-in', 303);
  }
  c.set('lms', session.lms);
  c.set('account', account);
  c.set('token', session.token);
  c.header('Cache-Control', 'no-store');
  await next();
});

/** A learner sees nothing that is not theirs, not even that it is there. */
export const forAdmins = createMiddleware<Env>(async (c, next) => {
  if (c.get('account').role !== 'admin') return notFound(c);
  await next();
});

/** Their own courses are there for learners. */
export const forLearners = createMiddleware<Env>(async (c, next) => {
  if (c.get('account').person === null) return notFound(c);
  await next();
});
