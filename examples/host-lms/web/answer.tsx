import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { leaveMessage, type Message, takeMessage } from '../lms/accounts.js';
import { Page, type PageProps } from '../view/page.js';
import type { Ctx } from './env.js';

/** Answers a whole page to whoever is signed in. */
export async function page(
  c: Ctx,
  about: Pick<PageProps, 'title' | 'trail' | 'again'>,
  body: Child,
  status: ContentfulStatusCode = 200,
): Promise<Response> {
  const account = c.get('account');
  const lms = account && c.get('lms');
  const message = lms && (await takeMessage(lms.db, c.get('token')));
  const whole = (
    <Page
      {...about}
      organisation={lms?.organisation}
      account={account}
      message={message}
      path={c.req.path}
      isWrong={status === 422}
    >
      {body}
    </Page>
  );
  return c.html(html`<!doctype html>${whole}`, status);
}

/** Goes to a page, which says what was done, or why it was not. */
export async function goTo(c: Ctx, path: string, message?: string | Message): Promise<Response> {
  const said = typeof message === 'string' ? { done: message } : message;
  if (said) await leaveMessage(c.get('lms').db, c.get('token'), said);
  return c.redirect(path, 303);
}

/** There is no such page, or none for this account. */
export function notFound(c: Ctx): Promise<Response> {
  return page(c, { title: 'Not found' }, <p>There is no such page, or it is not yours to see.</p>, 404);
}
