import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { leaveMessage, type Message, takeMessage } from '../lms/accounts.js';
import { Page, type PageProps } from '../view/page.js';
import type { Ctx } from './env.js';

/** Sends a whole page to the signed-in user. */
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

/** Redirects to a page that shows what was done, or why it was refused. */
export async function goTo(c: Ctx, path: string, message?: string | Message): Promise<Response> {
  const said = typeof message === 'string' ? { done: message } : message;
  if (said) await leaveMessage(c.get('lms').db, c.get('token'), said);
  return c.redirect(path, 303);
}

/** Sends the response for a page that does not exist, or that this account may not see. */
export function notFound(c: Ctx): Promise<Response> {
  return page(c, { title: 'Not found' }, <p>There is no such page, or it is not yours to see.</p>, 404);
}
